-- What an order took off a stock is given back to that stock only: a limit that was set since then, on what had none, did not
-- count it. Each such limit begins a round; the order remembers in which round it was counted off.

alter table variants add column stock_round integer not null default 0 check (stock_round >= 0);
-- Null: nothing was counted off.
alter table orders add column stock_round integer check (stock_round >= 0);
update orders o set stock_round = v.stock_round from variants v
  where v.guild_id = o.guild_id and v.product = o.product and v.code = o.variant and v.stock is not null and o.reserved;

-- Late payments that would take a member past what one may buy: their money goes back.
alter table orders drop constraint orders_problem_check;
alter table orders add constraint orders_problem_check
  check (problem in ('amount_differs', 'out_of_stock', 'double', 'gone', 'trial_used', 'in_vain', 'role_gone', 'left',
                     'member_limit'));
