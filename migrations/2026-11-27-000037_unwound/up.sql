-- What keeps a plan from being changed, and what is undone where a subscription's money went back or never came.

-- Whether an invoice is still to be paid: not tried yet, tried again, or its payment is on its way.
alter table subscriptions add column owes boolean not null default false;

-- What of an invoice credit of the buyer's paid, which a change of plan had left him.
alter table invoices add column credit_minor bigint not null default 0 check (credit_minor >= 0);

alter table payment_tasks drop constraint payment_tasks_kind_check;
alter table payment_tasks add constraint payment_tasks_kind_check
  check (kind in ('session', 'subscription', 'payment', 'refund', 'expire', 'cancel', 'reclaim'));

-- Credit that changes of plan left with the provider for money that is not here: each is set back there once.
create table reclaims (
  guild_id bigint not null,
  id bigint generated always as identity,
  order_number bigint not null,
  user_id bigint not null check (user_id > 0),
  subscription_id text not null check (length(subscription_id) <= 100),
  -- Whose credit it is, by the provider's name.
  customer_id text not null check (length(customer_id) <= 100),
  currency text not null check (currency ~ '^[a-z]{3}$'),
  -- What is to be set back; below zero: given again, because the money came back after all.
  amount_minor bigint not null check (amount_minor <> 0),
  -- What of it is sent: no more than stands to his credit. Kept before the first try; null until that was looked at.
  sent_minor bigint check (sent_minor between least(amount_minor, 0) and greatest(amount_minor, 0)),
  -- requested: to be sent. done, failed: the provider's word.
  state text not null default 'requested' check (state in ('requested', 'done', 'failed')),
  send_key text not null unique check (length(send_key) <= 150),
  resends integer not null default 0 check (resends >= 0),
  failure text check (length(failure) <= 100),
  created_at timestamptz not null,
  done_at timestamptz,
  primary key (guild_id, id),
  foreign key (guild_id, order_number) references orders on delete cascade,
  constraint reclaims_times_are_read check (created_at > '0001-01-01Z' and created_at < '9999-01-01Z'
                                            and done_at > '0001-01-01Z' and done_at < '9999-01-01Z')
);
call app.shut('reclaims');
create index reclaims_of_order on reclaims (guild_id, order_number);
create index reclaims_of_subscription on reclaims (guild_id, subscription_id);

create policy staff_read on reclaims for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
grant select on reclaims to maxis_staff;
grant select, insert, update on reclaims to maxis_payments;
create policy payments on reclaims to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
