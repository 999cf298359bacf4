-- What members spend of their credits, and whom a checkout that he left was called to mind.

-- A credit comes off one order: reserved by an open one, used by one that was handed over, released by one that ended unpaid or
-- whose money went back in full.
create table credit_uses (
  guild_id bigint not null references guilds on delete cascade,
  order_number bigint not null check (order_number > 0),
  user_id bigint not null check (user_id > 0),
  state text not null check (state in ('reserved', 'used', 'released')),
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null check (currency ~ '^[a-z]{3}$'),
  updated_at timestamptz not null check (isfinite(updated_at)),
  primary key (guild_id, order_number)
);
call app.shut('credit_uses');
create index credit_uses_of_user on credit_uses (guild_id, user_id);

create policy own_read on credit_uses for select to maxis_member, maxis_staff
  using (guild_id = (select app.guild_id()) and user_id = (select app.user_id()));
grant select on credit_uses to maxis_member, maxis_staff;
create policy staff_read on credit_uses for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
grant select, insert, update on credit_uses to maxis_payments;
create policy payments on credit_uses to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');

alter table orders add column reminded_at timestamptz check (isfinite(reminded_at));
create index orders_reminded on orders (guild_id, user_id, reminded_at) where reminded_at is not null;
create index orders_to_remind on orders (created_at) where state = 'pending' and reminded_at is null;
