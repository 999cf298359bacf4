begin;
-- The lines balance by how they are made, and the check of each would take as long as all the rest.
set local session_replication_role = replica;
insert into guilds (guild_id, name, created_at, updated_at) values (:guild, 'Bench', now(), now());
insert into staff_roles (guild_id, role_id, rank) values (:guild, :role, 'operator');
insert into shops (guild_id, updated_at) values (:guild, now());
insert into order_counters (guild_id, last_number) values (:guild, :orders);

-- Orders evenly over a year: two plans and eight products, some free trials, some unpaid, some refunded; every tenth by a promotion.
insert into orders (guild_id, number, user_id, recipient_id, user_name, locale, request, kind, mode, plan, period, trial_days,
                    product, variant, title, currency, list_minor, discount_minor, total_minor, state, reserved, checkout_key,
                    paid_minor, refunded_minor, created_at, paid_at, fulfilled_at, ended_at, updated_at)
select :guild, n, :first_member + n % 50000, :first_member + n % 50000, 'Marie', 'fr', 'bench/' || n,
       case when is_plan then 'plan' else 'product' end, case when is_plan then 'subscription' else 'payment' end,
       case when is_plan then 'plan' || n % 2 end, case when is_plan then 'month' end, case when n % 97 = 0 and is_plan then 7 end,
       case when not is_plan then 'product' || n % 8 end, case when not is_plan then 'standard' end, 'Article', 'eur',
       1000 + n % 900, case when n % 10 = 0 then 100 else 0 end, 1000 + n % 900 - case when n % 10 = 0 then 100 else 0 end,
       case when not is_paid then 'expired' when n % 50 = 0 then 'refunded' else 'fulfilled' end, false, 'bench/' || n,
       case when is_paid then 1000 + n % 900 - case when n % 10 = 0 then 100 else 0 end else 0 end,
       case when is_paid and n % 50 = 0 then 1000 + n % 900 - case when n % 10 = 0 then 100 else 0 end else 0 end,
       at, case when is_paid then at + interval '2 minutes' end, case when is_paid then at + interval '3 minutes' end,
       case when not is_paid then at + interval '1 hour' end, at + interval '3 minutes'
from generate_series(1, :orders) n, lateral (select n % 3 = 0 as is_plan, n % 7 <> 0 as is_paid,
       now() - interval '1 year' * (1 - n::float8 / :orders) as at) o;

insert into ledger (guild_id, txn, account, currency, amount_minor, order_number, customer_id, at)
select o.guild_id, l.what || '/' || o.number, l.account, o.currency, l.amount, o.number, o.user_id, o.paid_at + l.later
from orders o, lateral (values
  ('sale', 'provider', o.paid_minor, interval '0'), ('sale', 'revenue', -(o.paid_minor - o.paid_minor / 6), interval '0'),
  ('sale', 'tax', -(o.paid_minor / 6), interval '0'),
  ('fee', 'provider', -(o.paid_minor / 50 + 25), interval '0'), ('fee', 'fees', o.paid_minor / 50 + 25, interval '0'),
  ('refund', 'provider', -o.refunded_minor, interval '2 days'), ('refund', 'refunds', o.refunded_minor, interval '2 days')
) l (what, account, amount, later)
where o.paid_at is not null and l.amount <> 0 and o.paid_at + l.later <= now();

-- One subscription in forty orders, a third of them ended.
insert into subscriptions (guild_id, id, user_id, order_number, plan, period, state, currency, amount_minor, period_end, started_at,
                           updated_at)
select guild_id, 'sub_' || number, user_id, number, plan, 'month', case when number % 9 = 0 then 'canceled' else 'active' end,
       currency, paid_minor, now() + interval '15 days', paid_at, paid_at
from orders where kind = 'plan' and paid_at is not null and number % 40 < 3;
insert into mrr_changes (guild_id, subscription_id, at, currency, before_minor, after_minor, kind)
select s.guild_id, s.id, s.started_at + c.later, s.currency, c.before_minor, c.after_minor, c.kind
from subscriptions s, lateral (values
  (s.amount_minor, 0::bigint, s.amount_minor, 'new', interval '0'), (s.amount_minor, s.amount_minor, 0::bigint, 'churn', interval '30 days')
) c (minor, before_minor, after_minor, kind, later)
where s.amount_minor > 0 and (c.kind = 'new' or s.state = 'canceled') and s.started_at + c.later <= now();

-- Twelve promotions, a month each.
insert into promotions (guild_id, number, kind, percent_hundredths, currency, target, starts_at, ends_at, made_by, reason, request,
                        state, ended_reason, ended_at, uses_held, created_at, updated_at)
select :guild, m, 'manual', 1000, 'eur', 'everything', now() - interval '1 year' * (13 - m) / 12, now() - interval '1 year' * (12 - m) / 12,
       1, 'bench', 'bench/' || m, 'ended', 'due', now() - interval '1 year' * (12 - m) / 12, 0, now() - interval '1 year', now()
from generate_series(1, 12) m;
insert into promotion_uses (guild_id, order_number, promotion_number, user_id, state, amount_minor, currency, reserved_at, updated_at)
select guild_id, number, least(12, 1 + number * 12 / :orders), user_id, 'used', discount_minor, currency, created_at, created_at
from orders where discount_minor > 0 and paid_at is not null;

-- The sums that triggers keep, each quarter in one row, as `payments::sums` leaves them.
insert into quarter_sums (guild_id, currency, quarter, revenue, tax, refunds, fees, placed, paid, trials, uses, discount, promoted, loose)
select guild_id, currency, quarter, sum(revenue), sum(tax), sum(refunds), sum(fees), sum(placed), sum(paid), sum(trials), sum(uses),
       sum(discount), sum(promoted), false
from (
  select guild_id, currency, app.quarter(at) as quarter,
    case account when 'revenue' then amount_minor else 0 end as revenue, case account when 'tax' then amount_minor else 0 end as tax,
    case account when 'refunds' then amount_minor else 0 end as refunds, case account when 'fees' then amount_minor else 0 end as fees,
    0 as placed, 0 as paid, 0 as trials, 0 as uses, 0 as discount, 0 as promoted
  from ledger
  union all
  select o.guild_id, o.currency, app.quarter(o.created_at), 0, 0, 0, 0, c.placed, c.paid, c.trials, 0, 0, 0
  from orders o, lateral app.order_counts(o) c
  union all
  select u.guild_id, u.currency, app.quarter(o.paid_at), 0, 0, 0, 0, 0, 0, 0, 1, u.amount_minor, o.total_minor - o.refunded_minor
  from promotion_uses u join orders o on o.guild_id = u.guild_id and o.number = u.order_number
) parts group by 1, 2, 3;
insert into quarter_sales (guild_id, currency, quarter, kind, code, units, minor, loose)
select o.guild_id, o.currency, app.quarter(o.paid_at), o.kind, coalesce(o.plan, o.product), sum(c.units), sum(c.minor), false
from orders o, lateral app.order_counts(o) c where o.paid_at is not null group by 1, 2, 3, 4, 5 having sum(c.units) <> 0;

-- One ticket in fifty orders, all closed but a few.
insert into tickets (guild_id, number, opener_id, opener_name, opener_locale, plan, subject, category, priority, state,
                     created_at, updated_at, first_response_at, sla_left_ms, resolved_at, closed_at, closed_by)
select :guild, n, :first_member + n, 'Marie', 'fr', 'free', 'Commande', 'billing', 'low', 'closed',
       at, at + interval '1 hour', at + interval '20 minutes', 3600000, at + interval '50 minutes', at + interval '1 hour', 42
from generate_series(1, :orders / 50) n, lateral (select now() - interval '1 year' * (1 - n::float8 * 50 / :orders) as at) t;

-- Sixty giveaways with five hundred members each.
insert into giveaways (guild_id, number, host_id, request, channel_id, title, description, winners, prize, requirements, claim_hours,
                       source, state, starts_at, ends_at, ended_at, created_at, updated_at)
select :guild, g, 1, 'bench/' || g, 1, 'Un livre', '', 1, 'hand', '{}', 48, 'quicknet', 'cancelled', at, at + interval '2 days', at, at, at
from generate_series(1, 60) g, lateral (select now() - interval '1 year' * (1 - g / 61.0) as at) t;
insert into giveaway_entries (guild_id, giveaway, user_id, weight, entered_at)
select guild_id, number, :first_member + n, 1, starts_at + interval '1 hour' from giveaways, generate_series(1, 500) n;
commit;
