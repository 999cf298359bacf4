-- What the other program may change in an operator's name: its plans, who approved them, the switch that stops it, and the audit of
-- each step. (The `plans` of the shop are what members subscribe to.)

-- A row for each guild in which it was ever asked for anything. Whoever takes a step holds it until the end of the transaction.
create table agent_switch (
  guild_id bigint primary key references guilds on delete cascade,
  -- Since when nothing may be committed, and by whom; null: it may.
  stopped_at timestamptz,
  stopped_by bigint check (stopped_by > 0),
  -- off: nothing is planned. suggest: planned and not approved. approve: as the tiers say. automatic: small plans need nobody.
  autonomy text not null default 'approve' check (autonomy in ('off', 'suggest', 'approve', 'automatic')),
  last_plan bigint not null default 0 check (last_plan >= 0),
  -- Where the audit ends: its last number and hash.
  last_line bigint not null default 0 check (last_line >= 0),
  last_hash text not null default repeat('0', 64) check (last_hash ~ '^[0-9a-f]{64}$'),
  check ((stopped_at is null) = (stopped_by is null)),
  constraint agent_switch_times_are_read check (stopped_at > '0001-01-01Z' and stopped_at < '9999-01-01Z')
);
call app.shut('agent_switch');

create table agent_plans (
  guild_id bigint not null references agent_switch on delete cascade,
  number bigint not null check (number > 0),
  -- The caller's key, and what was asked under it.
  key text not null check (key ~ '^[!-~]{1,100}$'),
  asked text not null check (asked ~ '^[0-9a-f]{64}$'),
  -- To the letter as the digest has them.
  wanted json not null,
  effect json not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  tier text not null check (tier in ('automatic', 'one', 'two')),
  approvals_needed smallint not null check (approvals_needed between 0 and 2),
  state text not null check (state in ('waiting', 'approved', 'committed', 'rejected', 'expired', 'failed')),
  made_by bigint not null check (made_by > 0),
  made_at timestamptz not null,
  expires_at timestamptz not null,
  ended_by bigint check (ended_by > 0),
  ended_at timestamptz,
  -- What was made; or why it could not be.
  outcome json,
  failure json,
  primary key (guild_id, number),
  unique (guild_id, key),
  check (expires_at > made_at),
  check ((state in ('waiting', 'approved')) = (ended_at is null)),
  check ((state = 'committed') = (outcome is not null)),
  check ((state = 'failed') = (failure is not null)),
  constraint agent_plans_times_are_read check (
    made_at > '0001-01-01Z' and made_at < '9999-01-01Z' and expires_at > '0001-01-01Z' and expires_at < '9999-01-01Z'
    and ended_at > '0001-01-01Z' and ended_at < '9999-01-01Z')
);
call app.shut('agent_plans');
create index agent_plans_open on agent_plans (guild_id, expires_at) where state in ('waiting', 'approved');

create table agent_approvals (
  guild_id bigint not null,
  plan bigint not null,
  user_id bigint not null check (user_id > 0),
  at timestamptz not null,
  primary key (guild_id, plan, user_id),
  foreign key (guild_id, plan) references agent_plans on delete cascade,
  constraint agent_approvals_times_are_read check (at > '0001-01-01Z' and at < '9999-01-01Z')
);
call app.shut('agent_approvals');

-- Each line holds the hash of the one before it: none can be changed, taken out or put between without all that follow.
create table agent_audit (
  guild_id bigint not null references agent_switch on delete cascade,
  number bigint not null check (number > 0),
  at timestamptz not null,
  actor_id bigint not null check (actor_id > 0),
  action text not null check (action in
    ('planned', 'approved', 'rejected', 'committed', 'failed', 'stopped', 'resumed', 'autonomy')),
  plan bigint check (plan > 0),
  words text not null check (length(words) <= 4000),
  previous text not null check (previous ~ '^[0-9a-f]{64}$'),
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  primary key (guild_id, number),
  constraint agent_audit_times_are_read check (at > '0001-01-01Z' and at < '9999-01-01Z')
);
call app.shut('agent_audit');

-- What is hashed of a line: a line each, the time in microseconds since 1970, and the words last, which may have lines themselves.
create type agent_audit_line as (
  guild_id bigint, number bigint, at timestamptz, actor_id bigint, action text, plan bigint, words text, previous text);
create function app.agent_audit_text(line agent_audit_line) returns text
  language sql stable parallel safe
  as $$
    select concat_ws(E'\n', 'agent-audit-1', line.previous, line.guild_id, line.number,
      (extract(epoch from line.at) * 1000000)::bigint, line.actor_id, line.action, coalesce(line.plan::text, '-'), line.words)
  $$;

-- Number, hash and the hash before are given here, whatever was sent. The switch's row is held meanwhile, so two lines at once
-- follow one another.
create function app.agent_audit_is_chained() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp
  as $$
begin
  select s.last_line + 1, s.last_hash into new.number, new.previous
    from public.agent_switch s where s.guild_id = new.guild_id for update;
  if new.number is null then
    raise exception 'a line of the audit needs its guild''s switch' using errcode = 'foreign_key_violation';
  end if;
  new.hash := encode(sha256(convert_to(app.agent_audit_text(row(new.guild_id, new.number, new.at, new.actor_id, new.action,
    new.plan, new.words, new.previous)::public.agent_audit_line), 'UTF8')), 'hex');
  update public.agent_switch set last_line = new.number, last_hash = new.hash where guild_id = new.guild_id;
  return new;
end $$;
create trigger agent_audit_is_chained before insert on agent_audit for each row execute function app.agent_audit_is_chained();

-- Operators of the guild, each as himself. Nothing is ever deleted, and of a plan only how it ends is written later.
create policy operators on agent_switch to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator')
  with check (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator');
create policy operators_read on agent_plans for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator');
create policy operators_make on agent_plans for insert to maxis_staff
  with check (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator' and made_by = (select app.user_id()));
create policy operators_end on agent_plans for update to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator')
  with check (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator');
create policy operators_read on agent_approvals for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator');
create policy operators_approve on agent_approvals for insert to maxis_staff
  with check (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator' and user_id = (select app.user_id()));
create policy operators_read on agent_audit for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator');
create policy operators_add on agent_audit for insert to maxis_staff
  with check (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator' and actor_id = (select app.user_id()));

-- What changes giveaways is the payments duty's: a plan of one is committed by it, in one transaction with what it changes.
create policy payments on agent_switch to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on agent_plans to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on agent_approvals for select to maxis_payments using ((select app.duty()) = 'payments');
create policy payments on agent_audit to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');

grant select, insert on agent_switch, agent_plans to maxis_staff;
grant select, update on agent_switch to maxis_staff, maxis_payments;
grant select on agent_plans, agent_approvals, agent_audit to maxis_staff, maxis_payments;
grant update (state, ended_by, ended_at, outcome, failure) on agent_plans to maxis_staff, maxis_payments;
grant insert on agent_approvals to maxis_staff;
grant insert (guild_id, at, actor_id, action, plan, words) on agent_audit to maxis_staff, maxis_payments;
