-- What members ask to change of their subscriptions at the provider: each stands here, with its idempotency key, before it is sent.
create table subscription_changes (
  guild_id bigint not null references guilds on delete cascade,
  id bigint generated always as identity,
  user_id bigint not null check (user_id > 0),
  subscription_id text not null check (length(subscription_id) <= 100),
  -- The request that asked: a repeat finds this change.
  request text not null check (length(request) between 1 and 100),
  kind text not null check (kind in ('end', 'go_on', 'switch')),
  -- The item of the catalogue that it changes to.
  item text check (length(item) <= 100),
  change_key text not null unique check (length(change_key) <= 100),
  -- asked: to be sent, or nobody knows. done, refused: the provider's word.
  state text not null default 'asked' check (state in ('asked', 'done', 'refused')),
  created_at timestamptz not null,
  done_at timestamptz,
  primary key (guild_id, id),
  unique (guild_id, user_id, request),
  check ((kind = 'switch') = (item is not null))
);
call app.shut('subscription_changes');
create index subscription_changes_of on subscription_changes (guild_id, subscription_id, id desc);

create policy own_read on subscription_changes for select to public
  using (guild_id = (select app.guild_id()) and user_id = (select app.user_id()));
create policy staff_read on subscription_changes for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
grant select on subscription_changes to maxis_member, maxis_staff;
grant select, insert, update on subscription_changes to maxis_payments;
create policy payments on subscription_changes to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
