-- Who gets a gift reads that it was given to him, and nothing of the order by which it was bought: neither its price, code and
-- checkout, nor that somebody is about to pay for it. What he reads stands with what was delivered to him.

alter policy own_read on orders
  using (guild_id = (select app.guild_id()) and user_id = (select app.user_id()));

alter table deliveries
  -- Of a gift only: who gave it, and what it is.
  add column giver_id bigint check (giver_id > 0 and giver_id <> user_id),
  add column title text check (length(title) between 1 and 200),
  add column quantity integer check (quantity between 1 and 100),
  add column period text check (period in ('month', 'year')),
  add constraint deliveries_of_gift check ((giver_id is null) = (title is null) and (giver_id is null) = (quantity is null)
                                           and (giver_id is not null or period is null));

-- The gifts that were delivered before. Policies bind the tables' owner as well, but for this.
alter table orders no force row level security;
alter table deliveries no force row level security;
update deliveries d set giver_id = o.user_id, title = o.title, quantity = o.quantity, period = o.period
from orders o
where o.guild_id = d.guild_id and o.number = d.order_number and o.user_id <> o.recipient_id and d.user_id = o.recipient_id;
alter table deliveries force row level security;
alter table orders force row level security;
