-- What a guild sells: plans, products with their variants and prices, keys in stock, the history of prices.
--
-- Members read what is on show and nothing that is delivered; operators edit; the payments duty moves stock and keys.
do $$
begin
  if not exists (select from pg_roles where rolname = 'maxis_payments') then
    begin
      create role maxis_payments nologin;
    exception when duplicate_object or unique_violation then
      null; -- another database of this cluster migrates at the same time
    end;
  end if;
end $$;
grant maxis_payments to shellia_app;

create table shops (
  guild_id bigint primary key references guilds on delete cascade,
  -- ISO 4217, lower case as Stripe writes it.
  currency text not null default 'eur' check (currency ~ '^[a-z]{3}$'),
  -- Where the default catalogue was loaded: once, so that what an operator removed doesn't come back.
  loaded_at timestamptz,
  updated_at timestamptz not null
);
call app.shut('shops');

create table plans (
  guild_id bigint not null references guilds on delete cascade,
  code text not null check (code ~ '^[a-z0-9_-]{1,32}$'),
  name text not null check (length(name) between 1 and 80),
  benefits text not null default '' check (length(benefits) <= 1000),
  -- Which of two plans is more: an upgrade goes up.
  level integer not null default 0,
  support text not null default 'community' check (support in ('community', 'normal', 'priority', 'vip')),
  role_id bigint check (role_id > 0),
  trial_days integer not null default 0 check (trial_days between 0 and 90),
  -- Not on show; who holds it keeps it, and staff can sell it by a link.
  hidden boolean not null default false,
  -- Not sold any more.
  archived boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (guild_id, code)
);
call app.shut('plans');

create table products (
  guild_id bigint not null references guilds on delete cascade,
  code text not null check (code ~ '^[a-z0-9_-]{1,32}$'),
  name text not null check (length(name) between 1 and 80),
  description text not null default '' check (length(description) <= 2000),
  category text not null default '' check (length(category) <= 50),
  kind text not null check (kind in ('role', 'key', 'file', 'text', 'plan_days')),
  role_id bigint check (role_id > 0),
  -- Days that a role or a plan is held; null: for good.
  days integer check (days between 1 and 3660),
  plan text,
  -- Who sees it: everybody, or who holds this role.
  visible_role_id bigint check (visible_role_id > 0),
  member_limit integer check (member_limit > 0),
  -- Not sold: a draft, or not any more.
  archived boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (guild_id, code),
  foreign key (guild_id, plan) references plans,
  -- What lacks its role, plan or days is a draft, and a draft is not sold.
  check (archived or kind <> 'role' or role_id is not null),
  check (archived or kind <> 'plan_days' or (plan is not null and days is not null))
);
call app.shut('products');

-- What is handed over, apart from what is on show: a text, or a file.
create table product_contents (
  guild_id bigint not null,
  product text not null,
  body text check (length(body) <= 4000),
  file_name text check (length(file_name) <= 200),
  content_type text check (length(content_type) <= 100),
  bytes bytea,
  updated_at timestamptz not null,
  primary key (guild_id, product),
  foreign key (guild_id, product) references products on delete cascade,
  check ((file_name is null) = (bytes is null))
);
call app.shut('product_contents');

create table variants (
  guild_id bigint not null,
  product text not null,
  code text not null check (code ~ '^[a-z0-9_-]{1,32}$'),
  name text not null check (length(name) between 1 and 80),
  -- Units left; null: no limit. Keys are counted by their rows.
  stock integer check (stock >= 0),
  position integer not null default 0,
  archived boolean not null default false,
  primary key (guild_id, product, code),
  foreign key (guild_id, product) references products on delete cascade
);
call app.shut('variants');

-- The prices of plans (by period) and variants. One place, so that discounts, history and display ask one table.
create table prices (
  guild_id bigint not null references guilds on delete cascade,
  -- 'plan/pro/month', 'product/ebook/standard'
  item text not null check (length(item) <= 100),
  currency text not null check (currency ~ '^[a-z]{3}$'),
  amount_minor bigint not null check (amount_minor between 0 and 99999999),
  updated_at timestamptz not null,
  primary key (guild_id, item, currency)
);
call app.shut('prices');

-- What was asked for an item when, promotions open to everybody included: the lowest price of the last 30 days must stand
-- beside a reduction (Directive 98/6/EC, article 6a).
create table price_history (
  guild_id bigint not null references guilds on delete cascade,
  id bigint generated always as identity,
  item text not null check (length(item) <= 100),
  currency text not null check (currency ~ '^[a-z]{3}$'),
  amount_minor bigint not null check (amount_minor >= 0),
  since timestamptz not null,
  until timestamptz,
  primary key (guild_id, id)
);
call app.shut('price_history');
create index price_history_of_item on price_history (guild_id, item, currency, since desc);

create table product_keys (
  guild_id bigint not null,
  product text not null,
  variant text not null,
  id bigint generated always as identity,
  secret text not null check (length(secret) between 1 and 500),
  -- The order it is reserved for or was handed over with, and who may read it then.
  order_number bigint,
  user_id bigint check (user_id > 0),
  delivered_at timestamptz,
  added_by bigint,
  added_at timestamptz not null,
  primary key (guild_id, id),
  unique (guild_id, product, secret),
  foreign key (guild_id, product, variant) references variants on delete cascade,
  check (delivered_at is null or (order_number is not null and user_id is not null))
);
call app.shut('product_keys');
create index product_keys_free on product_keys (guild_id, product, variant, id) where order_number is null;
create index product_keys_of_order on product_keys (guild_id, order_number) where order_number is not null;

-- On show.
create policy on_show on shops for select to public
  using (guild_id = (select app.guild_id()) and (select app.user_id()) is not null);
create policy on_show on plans for select to public
  using (guild_id = (select app.guild_id()) and (select app.user_id()) is not null);
create policy on_show on products for select to public
  using (guild_id = (select app.guild_id()) and (select app.user_id()) is not null);
create policy on_show on variants for select to public
  using (guild_id = (select app.guild_id()) and (select app.user_id()) is not null);
create policy on_show on prices for select to public
  using (guild_id = (select app.guild_id()) and (select app.user_id()) is not null);
create policy on_show on price_history for select to public
  using (guild_id = (select app.guild_id()) and (select app.user_id()) is not null);
grant select on shops, plans, products, variants, prices, price_history to maxis_member, maxis_staff, maxis_payments;
-- A key is read by who got it, once it was handed over.
create policy own_read on product_keys for select to maxis_member, maxis_staff
  using (guild_id = (select app.guild_id()) and user_id = (select app.user_id()) and delivered_at is not null);
grant select on product_keys to maxis_member;

-- How many keys are left is on show, the keys are not: it counts as the owner of the tables, in the guild of who asks.
create function app.keys_left(of_product text, of_variant text) returns bigint
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select count(*) from public.product_keys
    where guild_id = (select app.guild_id()) and product = of_product and variant = of_variant and order_number is null
  $$;
do $$
begin
  execute format('create policy counted on product_keys for select to %I using (order_number is null)', current_user);
end $$;

-- Operators edit; support staff look.
grant insert, update on shops, plans, products, product_contents, variants, prices to maxis_staff;
grant insert, update on price_history to maxis_staff;
grant delete on prices, variants to maxis_staff;
grant select on product_contents to maxis_staff;
-- Staff count keys and see which order took one; the keys themselves stay shut once added.
grant select (guild_id, product, variant, id, order_number, user_id, delivered_at, added_by, added_at), insert on product_keys to maxis_staff;
grant select (secret) on product_keys to maxis_staff;
grant delete on product_keys to maxis_staff;
create policy operator_write on shops to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator')
  with check (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator');
create policy operator_write on plans to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator')
  with check (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator');
create policy operator_write on products to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator')
  with check (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator');
create policy operator_write on product_contents to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator')
  with check (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator');
create policy operator_write on variants to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator')
  with check (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator');
create policy operator_write on prices to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator')
  with check (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator');
create policy operator_write on price_history to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator')
  with check (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator');
-- Keys not handed over: an operator adds, sees and takes them back.
create policy operator_stock on product_keys to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator' and order_number is null)
  with check (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator' and order_number is null);

-- The payments duty: loads the default catalogue, takes and gives back stock and keys, hands over.
grant insert on shops, plans, prices, price_history to maxis_payments;
grant update (loaded_at, updated_at) on shops to maxis_payments;
grant update (stock) on variants to maxis_payments;
grant update (until) on price_history to maxis_payments;
grant select on product_contents, product_keys to maxis_payments;
grant update (order_number, user_id, delivered_at) on product_keys to maxis_payments;
create policy payments on shops to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on plans to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on products for select to maxis_payments using ((select app.duty()) = 'payments');
create policy payments on product_contents for select to maxis_payments using ((select app.duty()) = 'payments');
create policy payments on variants to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on prices to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on price_history to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on product_keys to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
-- The payments duty reads what it needs of a guild.
grant select on guilds to maxis_payments;
create policy payments on guilds for select to maxis_payments using ((select app.duty()) = 'payments');
