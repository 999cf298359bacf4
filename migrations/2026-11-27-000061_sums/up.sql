-- What the ledger and the orders brought, added up by quarters of an hour: a day of any time zone begins on one, so the days of a shop
-- are sums of them, whatever its time zone is or becomes. (tests/analytics holds both.)
--
-- What is written adds rows and changes none, so nobody waits for anybody: where something changes, what it counted for is taken off and
-- what it counts for is added. Several rows of a quarter are put together now and then (`payments::sums`); until then their sum is as
-- right.
create table quarter_sums (
  guild_id bigint not null references guilds on delete cascade,
  id bigint generated always as identity,
  currency text not null check (currency ~ '^[a-z]{3}$'),
  quarter timestamptz not null,
  -- As in the ledger: by account, with its sign.
  revenue bigint not null default 0,
  tax bigint not null default 0,
  refunds bigint not null default 0,
  disputes bigint not null default 0,
  fees bigint not null default 0,
  -- Orders placed in that quarter, those of them that were paid whenever, and the trials that they began.
  placed bigint not null default 0,
  paid bigint not null default 0,
  trials bigint not null default 0,
  -- Orders paid in that quarter that used a promotion, what came off, and what they cost their buyers, refunds taken off.
  uses bigint not null default 0,
  discount bigint not null default 0,
  promoted bigint not null default 0,
  -- Not put together with its quarter yet.
  loose boolean not null,
  primary key (guild_id, id),
  check (quarter = date_bin('15 minutes', quarter, '2000-01-01Z')),
  constraint quarter_sums_times_are_read check (quarter > '0001-01-01Z' and quarter < '9999-01-01Z')
);
call app.shut('quarter_sums');
create index quarter_sums_in_time on quarter_sums (guild_id, quarter)
  include (currency, revenue, tax, refunds, disputes, fees, placed, paid, trials, uses, discount, promoted);
create index quarter_sums_loose on quarter_sums (guild_id, currency, quarter) where loose;

-- The same of what was sold, by item: orders paid in that quarter, without those whose money went back as a whole.
create table quarter_sales (
  guild_id bigint not null references guilds on delete cascade,
  id bigint generated always as identity,
  currency text not null check (currency ~ '^[a-z]{3}$'),
  quarter timestamptz not null,
  kind text not null check (kind in ('plan', 'product')),
  code text not null,
  units bigint not null,
  minor bigint not null,
  loose boolean not null,
  primary key (guild_id, id),
  check (quarter = date_bin('15 minutes', quarter, '2000-01-01Z')),
  constraint quarter_sales_times_are_read check (quarter > '0001-01-01Z' and quarter < '9999-01-01Z')
);
call app.shut('quarter_sales');
create index quarter_sales_in_time on quarter_sales (guild_id, quarter) include (currency, kind, code, units, minor);
create index quarter_sales_loose on quarter_sales (guild_id, currency, quarter) where loose;

create policy staff_read on quarter_sums for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
create policy staff_read on quarter_sales for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
grant select on quarter_sums, quarter_sales to maxis_staff;
-- Whoever writes the ledger, the orders and the uses of promotions writes these with them.
create policy payments on quarter_sums to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on quarter_sales to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
grant select, insert, delete on quarter_sums, quarter_sales to maxis_payments;

create function app.quarter(at timestamptz) returns timestamptz
  language sql immutable parallel safe
  as $$ select date_bin('15 minutes', at, '2000-01-01Z') $$;

create function app.ledger_is_summed() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp
  as $$
begin
  insert into public.quarter_sums (guild_id, currency, quarter, revenue, tax, refunds, disputes, fees, loose)
  select guild_id, currency, app.quarter(at),
    coalesce(sum(amount_minor) filter (where account = 'revenue'), 0), coalesce(sum(amount_minor) filter (where account = 'tax'), 0),
    coalesce(sum(amount_minor) filter (where account = 'refunds'), 0), coalesce(sum(amount_minor) filter (where account = 'disputes'), 0),
    coalesce(sum(amount_minor) filter (where account = 'fees'), 0), true
  from added where account <> 'provider' group by 1, 2, 3;
  return null;
end $$;
create trigger ledger_is_summed after insert on ledger referencing new table as added
  for each statement execute function app.ledger_is_summed();

-- What an order counts for: nothing where it is free of charge; where it begins with a trial, once something was paid.
create function app.order_counts(o orders, out placed bigint, out paid bigint, out trials bigint, out units bigint, out minor bigint)
  language sql immutable parallel safe
  as $$
    select counts::int::bigint, (counts and o.paid_at is not null)::int::bigint,
      (o.trial_days is not null and o.state in ('fulfilled', 'refunded'))::int::bigint,
      case when sold then o.quantity else 0 end::bigint, case when sold then o.paid_minor - o.refunded_minor else 0 end
    from (select o.mode <> 'free' and (o.trial_days is null or o.paid_minor > 0) as counts) c,
      lateral (select counts and o.paid_at is not null and o.state <> 'refunded' and o.dispute is distinct from 'lost' as sold) s
  $$;

create function app.order_is_summed() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp
  as $$
begin
  insert into public.quarter_sums (guild_id, currency, quarter, placed, paid, trials, loose)
  select s.guild_id, s.currency, s.quarter, sum(s.n * s.placed), sum(s.n * s.paid), sum(s.n * s.trials), true
  from (select 1 as n, new.guild_id, new.currency, app.quarter(new.created_at) as quarter, c.placed, c.paid, c.trials
      from app.order_counts(new) c
    union all
    select -1, old.guild_id, old.currency, app.quarter(old.created_at), c.placed, c.paid, c.trials
      from app.order_counts(old) c where tg_op = 'UPDATE') s
  group by 1, 2, 3
  having sum(s.n * s.placed) <> 0 or sum(s.n * s.paid) <> 0 or sum(s.n * s.trials) <> 0;
  insert into public.quarter_sales (guild_id, currency, quarter, kind, code, units, minor, loose)
  select s.guild_id, s.currency, s.quarter, s.kind, s.code, sum(s.n * s.units), sum(s.n * s.minor), true
  from (select 1 as n, new.guild_id, new.currency, app.quarter(new.paid_at) as quarter, new.kind, coalesce(new.plan, new.product) as code,
        c.units, c.minor from app.order_counts(new) c where new.paid_at is not null
    union all
    select -1, old.guild_id, old.currency, app.quarter(old.paid_at), old.kind, coalesce(old.plan, old.product), c.units, c.minor
      from app.order_counts(old) c where tg_op = 'UPDATE' and old.paid_at is not null) s
  group by 1, 2, 3, 4, 5
  having sum(s.n * s.units) <> 0 or sum(s.n * s.minor) <> 0;
  -- The use of a promotion as it stands now: where it changes too, its own trigger takes the order as it stands then.
  insert into public.quarter_sums (guild_id, currency, quarter, uses, discount, promoted, loose)
  select u.guild_id, u.currency, s.quarter, sum(s.n), sum(s.n * u.amount_minor), sum(s.n * s.cost), true
  from public.promotion_uses u, (select 1 as n, app.quarter(new.paid_at) as quarter, greatest(new.total_minor - new.refunded_minor, 0) as cost
    union all
    select -1, app.quarter(old.paid_at), greatest(old.total_minor - old.refunded_minor, 0) where tg_op = 'UPDATE') s
  where u.guild_id = new.guild_id and u.order_number = new.number and u.state = 'used' and s.quarter is not null
  group by 1, 2, 3
  having sum(s.n) <> 0 or sum(s.n * s.cost) <> 0;
  return null;
end $$;
create trigger order_is_summed after insert or update of mode, trial_days, state, paid_at, paid_minor, refunded_minor, total_minor, dispute,
    quantity, plan, product, currency, created_at on orders
  for each row execute function app.order_is_summed();

create function app.use_is_summed() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp
  as $$
begin
  insert into public.quarter_sums (guild_id, currency, quarter, uses, discount, promoted, loose)
  select o.guild_id, s.currency, app.quarter(o.paid_at), sum(s.n), sum(s.n * s.amount),
    sum(s.n * greatest(o.total_minor - o.refunded_minor, 0)), true
  from public.orders o, (select 1 as n, new.currency, new.amount_minor as amount where new.state = 'used'
    union all
    select -1, old.currency, old.amount_minor where tg_op = 'UPDATE' and old.state = 'used') s
  where o.guild_id = new.guild_id and o.number = new.order_number and o.paid_at is not null
  group by 1, 2, 3
  having sum(s.n) <> 0 or sum(s.n * s.amount) <> 0;
  return null;
end $$;
create trigger use_is_summed after insert or update of state, amount_minor, currency on promotion_uses
  for each row execute function app.use_is_summed();

-- What there is already. Policies bind the tables' owner as well, but for this.
alter table ledger no force row level security;
alter table orders no force row level security;
alter table promotion_uses no force row level security;
alter table quarter_sums no force row level security;
alter table quarter_sales no force row level security;
insert into quarter_sums (guild_id, currency, quarter, revenue, tax, refunds, disputes, fees, loose)
select guild_id, currency, app.quarter(at),
  coalesce(sum(amount_minor) filter (where account = 'revenue'), 0), coalesce(sum(amount_minor) filter (where account = 'tax'), 0),
  coalesce(sum(amount_minor) filter (where account = 'refunds'), 0), coalesce(sum(amount_minor) filter (where account = 'disputes'), 0),
  coalesce(sum(amount_minor) filter (where account = 'fees'), 0), true
from ledger where account <> 'provider' group by 1, 2, 3;
insert into quarter_sums (guild_id, currency, quarter, placed, paid, trials, loose)
select o.guild_id, o.currency, app.quarter(o.created_at), sum(c.placed), sum(c.paid), sum(c.trials), true
from orders o, lateral app.order_counts(o) c group by 1, 2, 3;
insert into quarter_sums (guild_id, currency, quarter, uses, discount, promoted, loose)
select u.guild_id, u.currency, app.quarter(o.paid_at), count(*), sum(u.amount_minor), sum(greatest(o.total_minor - o.refunded_minor, 0)), true
from promotion_uses u join orders o on o.guild_id = u.guild_id and o.number = u.order_number
where u.state = 'used' and o.paid_at is not null group by 1, 2, 3;
insert into quarter_sales (guild_id, currency, quarter, kind, code, units, minor, loose)
select o.guild_id, o.currency, app.quarter(o.paid_at), o.kind, coalesce(o.plan, o.product), sum(c.units), sum(c.minor), false
from orders o, lateral app.order_counts(o) c where o.paid_at is not null group by 1, 2, 3, 4, 5 having sum(c.units) <> 0;
alter table ledger force row level security;
alter table orders force row level security;
alter table promotion_uses force row level security;
alter table quarter_sums force row level security;
alter table quarter_sales force row level security;
