-- What a member may ask of his data: a copy of it, and its erasure.

-- Who carries that out: a role of its own, which may change the columns that name a person or hold his words, in one guild at a time.
do $$
begin
  if not exists (select from pg_roles where rolname = 'maxis_privacy') then
    begin
      create role maxis_privacy nologin;
    exception when duplicate_object or unique_violation then
      null; -- another database of this cluster migrates at the same time
    end;
  end if;
end $$;
grant maxis_privacy to shellia_app;

create table privacy_requests (
  guild_id bigint not null references guilds on delete cascade,
  id bigint generated always as identity,
  -- The member; the pseudonym of his rows once he is erased.
  user_id bigint not null check (user_id > 0),
  kind text not null check (kind in ('export', 'erasure')),
  state text not null check (state in ('asked', 'confirmed', 'done', 'refused', 'withdrawn')),
  locale text not null check (locale in ('fr', 'en')),
  asked_at timestamptz not null,
  -- One month (GDPR, article 12(3)).
  due_at timestamptz not null,
  -- Why it was refused; for the member to read.
  reason text check (length(reason) between 1 and 500),
  decided_by bigint check (decided_by > 0),
  decided_at timestamptz,
  done_at timestamptz,
  -- When the worker looks at it next.
  look_at timestamptz,
  primary key (guild_id, id),
  check ((state = 'refused') = (reason is not null)),
  check ((decided_by is null) = (decided_at is null)),
  check (state not in ('confirmed', 'refused') or decided_at is not null),
  check ((state = 'done') = (done_at is not null)),
  check (look_at is null or state in ('confirmed', 'done')),
  constraint privacy_requests_times_are_read check (asked_at > '0001-01-01Z' and asked_at < '9999-01-01Z'
    and due_at > '0001-01-01Z' and due_at < '9999-01-01Z' and decided_at > '0001-01-01Z' and decided_at < '9999-01-01Z'
    and done_at > '0001-01-01Z' and done_at < '9999-01-01Z' and look_at > '0001-01-01Z' and look_at < '9999-01-01Z')
);
call app.shut('privacy_requests');
create unique index privacy_requests_one_open on privacy_requests (guild_id, user_id, kind) where state in ('asked', 'confirmed');
create index privacy_requests_due on privacy_requests (look_at) where look_at is not null;

grant select, insert (guild_id, user_id, kind, state, locale, asked_at, due_at, done_at), update (state)
  on privacy_requests to maxis_member, maxis_staff;
create policy own_read on privacy_requests for select to maxis_member, maxis_staff
  using (guild_id = (select app.guild_id()) and user_id = (select app.user_id()));
-- An export is done as it is asked for; an erasure waits for an operator.
create policy own_ask on privacy_requests for insert to maxis_member, maxis_staff
  with check (guild_id = (select app.guild_id()) and user_id = (select app.user_id())
    and ((kind = 'export' and state = 'done') or (kind = 'erasure' and state = 'asked' and done_at is null)));
create policy own_withdraw on privacy_requests for update to maxis_member, maxis_staff
  using (guild_id = (select app.guild_id()) and user_id = (select app.user_id()) and kind = 'erasure' and state = 'asked')
  with check (guild_id = (select app.guild_id()) and user_id = (select app.user_id()) and state = 'withdrawn');
grant update (reason, decided_by, decided_at, look_at) on privacy_requests to maxis_staff;
create policy operator_read on privacy_requests for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator');
create policy operator_decide on privacy_requests for update to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator' and kind = 'erasure' and state = 'asked')
  with check (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator' and state in ('confirmed', 'refused')
    and decided_by = (select app.user_id()));
grant select, update (user_id, state, reason, decided_by, done_at, look_at) on privacy_requests to maxis_privacy;
-- What is due is looked for in every guild, and ended in one.
create policy privacy_read on privacy_requests for select to maxis_privacy using ((select app.duty()) = 'privacy');
create policy privacy_end on privacy_requests for update to maxis_privacy
  using (guild_id = (select app.guild_id()) and (select app.duty()) = 'privacy')
  with check (guild_id = (select app.guild_id()) and (select app.duty()) = 'privacy');

-- How he came into the panel is in his copy.
grant select (user_id, guild_id, via, outcome, network, at) on panel_sign_ins to maxis_member;
create policy own on panel_sign_ins for select to maxis_member using (user_id = (select app.user_id()));

-- Staff are told that somebody asked, and he of a refusal.
create policy privacy_asked on outbox for insert to maxis_member, maxis_staff
  with check (guild_id = (select app.guild_id()) and kind = 'privacy_asked' and recipient_id is null and ticket_number is null
    and message_id is null and order_number is null
    and exists (select from privacy_requests r where r.guild_id = outbox.guild_id and r.user_id = (select app.user_id()) and r.state = 'asked'));
create policy privacy_refused on outbox for insert to maxis_staff
  with check (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator' and kind = 'privacy_told' and ticket_number is null
    and message_id is null and order_number is null
    and exists (select from privacy_requests r where r.guild_id = outbox.guild_id and r.user_id = outbox.recipient_id and r.state = 'refused'));

create index events_of_actor on events (guild_id, actor_id) where actor_id is not null;
create index ledger_of_customer on ledger (guild_id, customer_id) where customer_id is not null;

-- When the words of a closed ticket were removed: again where it was opened since.
alter table tickets add column emptied_at timestamptz
  constraint tickets_emptied_is_read check (emptied_at > '0001-01-01Z' and emptied_at < '9999-01-01Z');
create index tickets_to_empty on tickets (guild_id, closed_at) where state = 'closed' and (emptied_at is null or emptied_at < closed_at);

-- Rows that name a person or hold his words, in the guild of the transaction.
do $$
declare
  target text;
begin
  foreach target in array array['tickets', 'ticket_messages', 'ticket_attachments', 'ticket_audit', 'ticket_calls', 'ticket_cards', 'outbox', 'events',
      'answers', 'languages', 'customers', 'orders', 'subscriptions', 'subscription_changes', 'entitlements', 'granted_roles', 'trials',
      'deliveries', 'product_keys', 'invoices', 'refunds', 'reclaims', 'ledger', 'shop_audit', 'promotions', 'promotion_uses',
      'remembered_codes', 'referral_codes', 'referrals', 'reminders', 'credit_uses', 'giveaways', 'giveaway_entries', 'giveaway_places',
      'giveaway_crowds', 'saved_views', 'panel_links'] loop
    execute format('create policy privacy on %I to maxis_privacy using (guild_id = (select app.guild_id()) and (select app.duty()) = ''privacy'') '
      'with check (guild_id = (select app.guild_id()) and (select app.duty()) = ''privacy'')', target);
  end loop;
  -- A session by Discord is in no guild; it ends with the person.
  foreach target in array array['panel_sessions', 'panel_sign_ins'] loop
    execute format('create policy privacy on %I to maxis_privacy using ((guild_id = (select app.guild_id()) or guild_id is null) '
      'and (select app.duty()) = ''privacy'')', target);
  end loop;
end $$;

grant select (guild_id, number, opener_id, closed_by, state, closed_at, sla_left_ms, emptied_at, subject, opener_name, close_reason, updated_at),
  update (opener_id, opener_name, subject, close_reason, closed_by, state, closed_at, updated_at, sla_due_at, sla_left_ms, sla_reminder_at,
    auto_close_at, emptied_at) on tickets to maxis_privacy;
grant select (guild_id, ticket_number, id, opener_id, author_id, author_name, kind), update (opener_id, author_id, author_name, body), delete
  on ticket_messages to maxis_privacy;
grant select (guild_id, ticket_number, message_id, id, opener_id, created_at), delete on ticket_attachments to maxis_privacy;
grant select (id, guild_id, ticket_number, actor_id, old_value, new_value, at), update (actor_id, old_value, new_value), delete on ticket_audit to maxis_privacy;
grant select, delete on ticket_calls to maxis_privacy;
grant select (guild_id, ticket_number) on ticket_cards to maxis_privacy;
grant select, insert, update (recipient_id), delete on outbox to maxis_privacy;
grant select (id, guild_id, actor_id), update (actor_id) on events to maxis_privacy;
grant select (guild_id, user_id), delete on answers, languages, customers, remembered_codes, referral_codes, reminders, saved_views
  to maxis_privacy;
grant select (customer_id) on customers to maxis_privacy;
grant select (guild_id, user_id), delete on panel_links, panel_sessions, panel_sign_ins to maxis_privacy;
grant select (guild_id, number, user_id, user_name, recipient_id, request, state, dispute, checkout_url),
  update (user_id, recipient_id, user_name, request, checkout_url) on orders to maxis_privacy;
grant select (guild_id, id, user_id, state, ended_at), update (user_id) on subscriptions to maxis_privacy;
grant select (guild_id, id, user_id, state), update (user_id) on subscription_changes, refunds, reclaims to maxis_privacy;
grant select (reason, actor_id), update (reason, actor_id) on refunds to maxis_privacy;
grant update (request) on subscription_changes to maxis_privacy;
grant select (guild_id, id, user_id, revoked_at, starts_at, ends_at, reason, source, source_key),
  update (user_id, revoked_at, updated_at, reason, source_key)
  on entitlements to maxis_privacy;
grant select (guild_id, user_id, role_id, state, ours), delete on granted_roles to maxis_privacy;
grant select (guild_id, user_id), update (user_id) on trials, promotion_uses, credit_uses to maxis_privacy;
grant select (guild_id, user_id, giver_id), update (user_id, giver_id) on deliveries to maxis_privacy;
grant select (guild_id, id, user_id), update (user_id) on product_keys to maxis_privacy;
grant select (guild_id, id, user_id, dispute, url), update (user_id, url) on invoices to maxis_privacy;
grant select (guild_id, customer_id), update (customer_id) on ledger to maxis_privacy;
grant select (guild_id, id, actor_id, subject, order_number, old_value, new_value, at), update (actor_id, subject, old_value, new_value), delete on shop_audit to maxis_privacy;
grant select (guild_id, number, for_user), update (for_user, request) on promotions to maxis_privacy;
grant select (guild_id, user_id, friend_id), update (user_id, friend_id) on referrals to maxis_privacy;
grant select (guild_id, number, state) on giveaways to maxis_privacy;
grant select (guild_id, giveaway, user_id, weight), delete on giveaway_entries to maxis_privacy;
-- A key-share lock asks for the right to change a column.
grant update (number) on giveaways to maxis_privacy;
grant select (guild_id, giveaway, user_id, state, order_number), update (order_number) on giveaway_places to maxis_privacy;
grant select, insert, update on giveaway_crowds to maxis_privacy;

-- Words to search by go with the words themselves.
create function app.forget_words() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
  as $$
begin
  delete from public.ticket_words w
    where w.guild_id = new.guild_id and w.ticket_number = new.ticket_number and w.message_id = new.id;
  return null;
end $$;
revoke all on function app.forget_words() from public;
create trigger forget_words after update of body on ticket_messages for each row execute function app.forget_words();

-- The name under a ticket's end goes with its opener's.
create or replace function app.own_end() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp
  as $$
declare
  closes constant boolean := new.state = 'closed' and old.state <> 'closed' and app.user_id() is not null;
begin
  if app.owns(tg_relid)
     or (app.duty() = 'privacy' and app.user_id() is null and (new.rating, new.rated_at) is not distinct from (old.rating, old.rated_at)) then
    return new;
  end if;
  -- A ticket that goes on may lose the name.
  if (closes or new.closed_by is distinct from old.closed_by) and new.closed_by is distinct from app.user_id()
     and (new.closed_by is not null or new.state = 'closed') then
    raise exception 'a member closes a ticket in his own name' using errcode = 'insufficient_privilege';
  end if;
  if (new.rating, new.rated_at) is distinct from (old.rating, old.rated_at) then
    if new.state not in ('resolved', 'closed') then
      raise exception 'stars are given at the end' using errcode = 'insufficient_privilege';
    end if;
    if app.user_id() is distinct from new.opener_id then
      raise exception 'only who opened a ticket gives it stars' using errcode = 'insufficient_privilege';
    end if;
  end if;
  -- A login that took no role has the grants of all of them, so whoever acts without rank or duty is held to a member's.
  if app.rank() is null and app.duty() is null
     and to_jsonb(new) - app.members_columns() is distinct from to_jsonb(old) - app.members_columns() then
    raise exception 'a member changes the state, the times and the stars of a ticket' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

-- Of a giveaway that was called off nothing is proved; those that were drawn keep their entries, of which the proof is made.
create or replace function app.entries_are_open() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp
  as $$
declare
  entry constant giveaway_entries := coalesce(new, old);
begin
  if app.owns(tg_relid) then
    return entry;
  end if;
  perform from giveaways g where g.guild_id = entry.guild_id and g.number = entry.giveaway and (g.state = 'open'
    or (g.state = 'cancelled' and tg_op = 'DELETE' and app.duty() = 'privacy')) for key share;
  if not found then
    raise exception 'the entries of a giveaway change only while it is open' using errcode = 'insufficient_privilege';
  end if;
  return entry;
end $$;
