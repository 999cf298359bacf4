-- How the monthly value of subscriptions changed, and what the figures of a shop are read by.
--
-- A change is written by the payments duty together with the subscription that it is about, and never altered: the sum of a
-- currency's changes up to a time is the monthly recurring revenue at that time.
create table mrr_changes (
  guild_id bigint not null references guilds on delete cascade,
  id bigint generated always as identity,
  subscription_id text not null check (length(subscription_id) <= 100),
  at timestamptz not null,
  currency text not null check (currency ~ '^[a-z]{3}$'),
  before_minor bigint not null check (before_minor >= 0),
  after_minor bigint not null check (after_minor >= 0),
  kind text not null check (kind in ('new', 'expansion', 'contraction', 'churn', 'reactivation')),
  primary key (guild_id, id),
  check (before_minor <> after_minor),
  check ((kind in ('new', 'reactivation')) = (before_minor = 0)),
  check ((kind = 'churn') = (after_minor = 0))
);
call app.shut('mrr_changes');
create index mrr_changes_of_subscription on mrr_changes (guild_id, subscription_id, id desc);

create policy staff_read on mrr_changes for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
grant select on mrr_changes to maxis_staff;
create policy payments on mrr_changes to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
grant select, insert on mrr_changes to maxis_payments;

-- What is summed up over a time, in one currency; the included columns spare the look at the table.
create index mrr_changes_sums on mrr_changes (guild_id, currency, at) include (kind, before_minor, after_minor);
create index ledger_sums on ledger (guild_id, currency, at) include (account, amount_minor);
create index orders_placed on orders (guild_id, created_at) include (currency, mode, paid_at);
create index tickets_done on tickets (guild_id, (coalesce(resolved_at, closed_at)))
  where coalesce(resolved_at, closed_at) is not null;
