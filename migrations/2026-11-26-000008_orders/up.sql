-- What members buy and hold: orders, entitlements, subscriptions, deliveries, refunds, the ledger; and the queue of what
-- must be asked of the payment provider.
--
-- A member reads his own rows and writes none: every change here is the payments duty's.

create table order_counters (
  guild_id bigint primary key references guilds on delete cascade,
  last_number bigint not null default 0 check (last_number >= 0)
);
call app.shut('order_counters');

create table customers (
  guild_id bigint not null references guilds on delete cascade,
  user_id bigint not null check (user_id > 0),
  -- The provider's customer, made before the first checkout; null until it is.
  customer_id text unique check (length(customer_id) <= 100),
  -- The idempotency key of making it, kept before the first try.
  create_key text not null check (length(create_key) <= 100),
  created_at timestamptz not null,
  primary key (guild_id, user_id)
);
call app.shut('customers');

create table orders (
  guild_id bigint not null references guilds on delete cascade,
  number bigint not null check (number > 0),
  -- Who buys, and who gets it: another member where it is a gift.
  user_id bigint not null check (user_id > 0),
  recipient_id bigint not null check (recipient_id > 0),
  user_name text not null check (length(user_name) <= 100),
  locale text not null check (locale in ('fr', 'en')),
  -- The interaction or message that asked: a repeat finds this order.
  request text not null check (length(request) between 1 and 100),
  kind text not null check (kind in ('plan', 'product')),
  -- One-time, recurring, or free of charge.
  mode text not null check (mode in ('payment', 'subscription', 'free')),
  plan text,
  period text check (period in ('month', 'year')),
  trial_days integer check (trial_days > 0),
  product text,
  variant text,
  quantity integer not null default 1 check (quantity between 1 and 100),
  title text not null check (length(title) between 1 and 200),
  currency text not null check (currency ~ '^[a-z]{3}$'),
  list_minor bigint not null check (list_minor >= 0),
  discount_minor bigint not null default 0 check (discount_minor >= 0),
  total_minor bigint not null check (total_minor >= 0),
  promotion_id bigint,
  code text check (length(code) <= 50),
  -- pending: reserved, to be paid. awaiting: completed, the money is on its way. paid: the money is here and could not be
  -- turned into the goods (problem says why). fulfilled. Ended without money: expired, canceled, failed. refunded: all of it.
  state text not null check (state in ('pending', 'awaiting', 'paid', 'fulfilled', 'expired', 'canceled', 'failed', 'refunded')),
  problem text check (problem in ('amount_differs', 'out_of_stock', 'double', 'gone')),
  -- Whether stock, keys and the use of a promotion are held for it.
  reserved boolean not null,
  -- Express consent to delivery at once and acknowledgement that withdrawal ends (Directive 2011/83/EU, article 16 m).
  consent_version text check (length(consent_version) <= 20),
  consent_at timestamptz,
  -- The checkout: its idempotency key stands here before the first try.
  checkout_key text not null unique check (length(checkout_key) <= 100),
  session_id text unique check (length(session_id) <= 200),
  checkout_url text check (length(checkout_url) <= 2000),
  payment_id text check (length(payment_id) <= 100),
  subscription_id text check (length(subscription_id) <= 100),
  fingerprint text check (length(fingerprint) <= 100),
  -- What arrived, taxes included.
  paid_minor bigint not null default 0 check (paid_minor >= 0),
  refunded_minor bigint not null default 0 check (refunded_minor >= 0),
  dispute text check (dispute in ('open', 'won', 'lost')),
  expires_at timestamptz,
  created_at timestamptz not null,
  paid_at timestamptz,
  fulfilled_at timestamptz,
  ended_at timestamptz,
  updated_at timestamptz not null,
  primary key (guild_id, number),
  unique (guild_id, user_id, request),
  check (total_minor = list_minor - discount_minor),
  check ((kind = 'plan') = (plan is not null)),
  check ((kind = 'product') = (product is not null)),
  check (refunded_minor = 0 or paid_at is not null)
);
call app.shut('orders');
create index orders_of_user on orders (guild_id, user_id, number desc);
create index orders_of_recipient on orders (guild_id, recipient_id, number desc);
create index orders_in_state on orders (guild_id, state, number desc);
create index orders_of_payment on orders (payment_id) where payment_id is not null;
create index orders_of_subscription on orders (subscription_id) where subscription_id is not null;
create index orders_expiring on orders (expires_at) where state = 'pending';
create index orders_paid on orders (guild_id, paid_at) where paid_at is not null;
-- One open checkout a member for plans: a constraint, not a hope.
create unique index orders_one_open_plan on orders (guild_id, user_id) where kind = 'plan' and state in ('pending', 'awaiting');

create table subscriptions (
  guild_id bigint not null references guilds on delete cascade,
  id text not null check (length(id) <= 100),
  user_id bigint not null check (user_id > 0),
  order_number bigint,
  customer_id text,
  plan text not null,
  period text not null check (period in ('month', 'year')),
  -- The provider's words, as they stand there.
  state text not null check (state in ('incomplete', 'incomplete_expired', 'trialing', 'active', 'past_due', 'canceled', 'unpaid', 'paused')),
  currency text not null check (currency ~ '^[a-z]{3}$'),
  -- What one period costs, discounts that last taken off.
  amount_minor bigint not null check (amount_minor >= 0),
  item_id text check (length(item_id) <= 100),
  period_end timestamptz not null,
  cancel_at_period_end boolean not null default false,
  trial_end timestamptz,
  past_due_since timestamptz,
  -- Reminded of the payment that failed, by the end of the period for which.
  reminded_for timestamptz,
  started_at timestamptz not null,
  ended_at timestamptz,
  updated_at timestamptz not null,
  primary key (guild_id, id)
);
call app.shut('subscriptions');
create index subscriptions_of_user on subscriptions (guild_id, user_id);
create unique index subscriptions_by_id on subscriptions (id);
create index subscriptions_live on subscriptions (guild_id, state);

-- What a person may use, from when to when: the program's own truth; Discord's roles follow it.
create table entitlements (
  guild_id bigint not null references guilds on delete cascade,
  id bigint generated always as identity,
  user_id bigint not null check (user_id > 0),
  kind text not null check (kind in ('plan', 'role')),
  plan text,
  role_id bigint check (role_id > 0),
  source text not null check (source in ('payment', 'subscription', 'grant', 'prize')),
  -- Names what gave it: 'order/12', 'sub/…', 'grant/…', 'prize/…': a second time changes nothing.
  source_key text not null check (length(source_key) <= 150),
  order_number bigint,
  starts_at timestamptz not null,
  ends_at timestamptz,
  suspended_at timestamptz,
  revoked_at timestamptz,
  reason text check (length(reason) <= 100),
  -- Whether its end was acted upon.
  lapsed boolean not null default false,
  granted_by bigint,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (guild_id, id),
  unique (guild_id, source_key),
  check ((kind = 'plan') = (plan is not null)),
  check ((kind = 'role') = (role_id is not null))
);
call app.shut('entitlements');
create index entitlements_of_user on entitlements (guild_id, user_id);
create index entitlements_ending on entitlements (ends_at) where ends_at is not null and revoked_at is null and not lapsed;

-- The roles that the program gave, and what stands in the way of one that it could not give.
create table granted_roles (
  guild_id bigint not null references guilds on delete cascade,
  user_id bigint not null check (user_id > 0),
  role_id bigint not null check (role_id > 0),
  state text not null check (state in ('given', 'no_permission', 'too_low', 'gone', 'left', 'waiting')),
  since timestamptz not null,
  checked_at timestamptz not null,
  primary key (guild_id, user_id, role_id)
);
call app.shut('granted_roles');
create index granted_roles_stuck on granted_roles (guild_id, state) where state <> 'given';
create index granted_roles_checked on granted_roles (checked_at);

-- One trial a person over all plans, and one a card: who had one, with which.
create table trials (
  guild_id bigint not null references guilds on delete cascade,
  user_id bigint not null check (user_id > 0),
  order_number bigint not null,
  fingerprint text check (length(fingerprint) <= 100),
  at timestamptz not null,
  primary key (guild_id, user_id)
);
call app.shut('trials');
create index trials_of_card on trials (guild_id, fingerprint) where fingerprint is not null;

-- What was handed over; shown again by a private button as often as asked.
create table deliveries (
  guild_id bigint not null,
  order_number bigint not null,
  user_id bigint not null check (user_id > 0),
  kind text not null check (kind in ('role', 'key', 'file', 'text', 'plan_days', 'plan')),
  product text,
  body text check (length(body) <= 4000),
  revoked_at timestamptz,
  delivered_at timestamptz not null,
  primary key (guild_id, order_number),
  foreign key (guild_id, order_number) references orders on delete cascade
);
call app.shut('deliveries');

create table invoices (
  guild_id bigint not null references guilds on delete cascade,
  id text not null check (length(id) <= 100),
  user_id bigint not null check (user_id > 0),
  subscription_id text,
  order_number bigint,
  payment_id text,
  currency text not null check (currency ~ '^[a-z]{3}$'),
  amount_minor bigint not null,
  refunded_minor bigint not null default 0,
  dispute text check (dispute in ('open', 'won', 'lost')),
  url text check (length(url) <= 2000),
  paid_at timestamptz not null,
  primary key (guild_id, id)
);
call app.shut('invoices');
create index invoices_of_user on invoices (guild_id, user_id, paid_at desc);
create index invoices_of_payment on invoices (payment_id) where payment_id is not null;

create table refunds (
  guild_id bigint not null,
  id bigint generated always as identity,
  order_number bigint not null,
  user_id bigint not null check (user_id > 0),
  -- The payment that it gives back: the order's, or a later one of its subscription.
  payment_id text check (length(payment_id) <= 100),
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null check (currency ~ '^[a-z]{3}$'),
  reason text not null check (length(reason) between 1 and 500),
  -- Nobody where the program gives money back by itself.
  actor_id bigint,
  -- requested: to be sent. done, failed: the provider's word.
  state text not null check (state in ('requested', 'done', 'failed')),
  -- Kept before the first try.
  send_key text not null unique check (length(send_key) <= 100),
  provider_id text unique check (length(provider_id) <= 100),
  failure text check (length(failure) <= 100),
  created_at timestamptz not null,
  done_at timestamptz,
  primary key (guild_id, id),
  foreign key (guild_id, order_number) references orders on delete cascade
);
call app.shut('refunds');
create index refunds_of_order on refunds (guild_id, order_number);

-- Double entry, append-only: the lines of a transaction add up to zero in each currency.
create table ledger (
  guild_id bigint not null references guilds on delete cascade,
  -- What it stands for: 'sale/…', 'fee/…', 'refund/…', 'dispute/…': written once.
  txn text not null check (length(txn) <= 150),
  account text not null check (account in ('provider', 'revenue', 'fees', 'refunds', 'disputes', 'tax')),
  currency text not null check (currency ~ '^[a-z]{3}$'),
  amount_minor bigint not null,
  order_number bigint,
  subscription_id text,
  customer_id bigint,
  at timestamptz not null,
  primary key (guild_id, txn, account)
);
call app.shut('ledger');
create index ledger_in_time on ledger (guild_id, at);
create index ledger_of_order on ledger (guild_id, order_number) where order_number is not null;

create function app.ledger_balances() returns trigger
  language plpgsql
  as $$
begin
  if exists (select from ledger where guild_id = new.guild_id and txn = new.txn group by currency having sum(amount_minor) <> 0) then
    raise exception 'a transaction of the ledger does not balance' using errcode = 'check_violation', constraint = 'ledger_balances';
  end if;
  return null;
end $$;
create constraint trigger ledger_balances after insert on ledger
  deferrable initially deferred for each row execute function app.ledger_balances();

-- Events of the payment provider, by its id: each is taken up once. Their content is not kept; what is true is asked.
create table provider_events (
  id text primary key check (length(id) <= 100),
  kind text not null check (length(kind) <= 100),
  object text check (length(object) <= 200),
  -- Whether it led to a task.
  known boolean not null,
  created_at timestamptz not null,
  received_at timestamptz not null
);
call app.shut('provider_events');
create index provider_events_received on provider_events (received_at);

-- What must be asked or told the provider: one row an object, so that many reasons make one look, and one worker an object.
create table payment_tasks (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('session', 'subscription', 'payment', 'refund', 'expire', 'cancel')),
  object text not null check (length(object) between 1 and 200),
  guild_id bigint,
  -- Raised by each reason to look again: what came while a worker looked is looked at afterwards.
  version bigint not null default 1,
  state text not null default 'pending' check (state in ('pending', 'done', 'failed')),
  due_at timestamptz not null,
  lease_until timestamptz,
  attempts integer not null default 0,
  outcome text check (length(outcome) <= 100),
  created_at timestamptz not null,
  done_at timestamptz,
  unique (kind, object)
);
call app.shut('payment_tasks');
create index payment_tasks_due on payment_tasks (due_at, id) where state = 'pending';

-- Who did what to orders, refunds and the catalogue.
create table shop_audit (
  guild_id bigint not null,
  id bigint generated always as identity,
  -- Nobody where the program acted.
  actor_id bigint,
  action text not null check (length(action) <= 50),
  -- The order's number, the product's or plan's code, a member's id.
  subject text not null check (length(subject) <= 150),
  order_number bigint,
  old_value text check (length(old_value) <= 500),
  new_value text check (length(new_value) <= 500),
  at timestamptz not null,
  primary key (guild_id, id)
);
call app.shut('shop_audit');
create index shop_audit_of_order on shop_audit (guild_id, order_number, id) where order_number is not null;

-- Members: what they bought and what they hold.
create policy own_read on orders for select to public
  using (guild_id = (select app.guild_id()) and (user_id = (select app.user_id()) or recipient_id = (select app.user_id())));
create policy own_read on subscriptions for select to public
  using (guild_id = (select app.guild_id()) and user_id = (select app.user_id()));
create policy own_read on entitlements for select to public
  using (guild_id = (select app.guild_id()) and user_id = (select app.user_id()));
create policy own_read on granted_roles for select to public
  using (guild_id = (select app.guild_id()) and user_id = (select app.user_id()));
create policy own_read on invoices for select to public
  using (guild_id = (select app.guild_id()) and user_id = (select app.user_id()));
create policy own_read on refunds for select to public
  using (guild_id = (select app.guild_id()) and user_id = (select app.user_id()));
create policy own_read on trials for select to maxis_member, maxis_staff
  using (guild_id = (select app.guild_id()) and user_id = (select app.user_id()));
create policy own_read on deliveries for select to maxis_member, maxis_staff
  using (guild_id = (select app.guild_id()) and user_id = (select app.user_id()));
create policy own_read on customers for select to maxis_member, maxis_staff
  using (guild_id = (select app.guild_id()) and user_id = (select app.user_id()));
-- The content of what was handed over, for whom it was.
create policy delivered_read on product_contents for select to maxis_member, maxis_staff
  using (guild_id = (select app.guild_id())
         and exists (select from deliveries d where d.guild_id = product_contents.guild_id and d.product = product_contents.product
                     and d.user_id = (select app.user_id()) and d.revoked_at is null));
grant select on orders, subscriptions, entitlements, granted_roles, invoices, refunds, deliveries, customers, trials, product_contents to maxis_member;
call app.open_to_supabase('orders');
call app.open_to_supabase('subscriptions');
call app.open_to_supabase('entitlements');
call app.open_to_supabase('invoices');

-- Staff: everything of their guild but what was delivered to a member.
create policy staff_read on orders for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
create policy staff_read on subscriptions for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
create policy staff_read on entitlements for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
create policy staff_read on granted_roles for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
create policy staff_read on invoices for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
create policy staff_read on refunds for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
create policy staff_read on ledger for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
create policy staff_read on shop_audit for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
grant select on orders, subscriptions, entitlements, granted_roles, invoices, refunds, deliveries, customers, trials, ledger, shop_audit to maxis_staff;
-- What staff do to the catalogue is audited in the same transaction, as themselves.
grant insert on shop_audit to maxis_staff;
create policy own_deeds on shop_audit for insert to maxis_staff
  with check (guild_id = (select app.guild_id()) and actor_id = (select app.user_id()) and (select app.rank()) is not null);

-- The payments duty.
grant select, insert, update on order_counters, customers, orders, subscriptions, entitlements, granted_roles, deliveries,
  invoices, refunds, trials, payment_tasks to maxis_payments;
grant delete on granted_roles, trials, payment_tasks, provider_events to maxis_payments;
grant select, insert on ledger, provider_events, shop_audit to maxis_payments;
create policy payments on order_counters to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on customers to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on orders to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on subscriptions to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on entitlements to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on granted_roles to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on trials to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on deliveries to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on invoices to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on refunds to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on ledger to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on provider_events to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on payment_tasks to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on shop_audit to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');

-- Notices of the shop: the outbox names an order where it named a ticket.
alter table outbox add column order_number bigint;
alter table events add column order_number bigint;
create index outbox_of_order on outbox (guild_id, order_number, id) where order_number is not null;
grant insert on outbox, events to maxis_payments;
create policy from_payments on outbox for insert to maxis_payments
  with check ((select app.duty()) = 'payments');
create policy from_payments on events for insert to maxis_payments
  with check ((select app.duty()) = 'payments');
