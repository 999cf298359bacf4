-- What an order gives is what was on sale when it was placed: its role and its plan, as its days before.

-- The role that it gives, or the plan whose days it gives; null: neither, or an order for a plan itself.
alter table orders
  add column gives_role_id bigint check (gives_role_id > 0),
  add column gives_plan text,
  add constraint orders_give check (kind = 'product' or (gives_role_id is null and gives_plan is null));

-- The orders from before: what their product gives today. Policies bind the tables' owner as well, but for this.
alter table orders no force row level security;
alter table products no force row level security;
update orders o set gives_role_id = case when g.kind = 'role' then g.role_id end,
  gives_plan = case when g.kind = 'plan_days' then g.plan end
from products g
where g.guild_id = o.guild_id and g.code = o.product and g.kind in ('role', 'plan_days');
alter table products force row level security;
alter table orders force row level security;
create index orders_giving_role on orders (guild_id, gives_role_id) where gives_role_id is not null and state in ('pending', 'awaiting');
