drop index ledger_of_customer;
drop index events_of_actor;
drop policy own on panel_sign_ins;
revoke select (user_id, guild_id, via, outcome, network, at) on panel_sign_ins from maxis_member;
drop policy privacy_refused on outbox;
drop policy privacy_asked on outbox;
drop trigger forget_words on ticket_messages;
drop function app.forget_words();
do $$
declare
  found record;
begin
  for found in select tablename, policyname from pg_policies where schemaname = 'public' and roles = '{maxis_privacy}'::name[]
      and tablename <> 'privacy_requests' loop
    execute format('drop policy %I on %I', found.policyname, found.tablename);
  end loop;
end $$;
revoke all on all tables in schema public from maxis_privacy;
do $$
declare
  found record;
begin
  for found in select distinct table_name, column_name, privilege_type from information_schema.column_privileges
      where grantee = 'maxis_privacy' and table_schema = 'public' loop
    execute format('revoke %s (%I) on %I from maxis_privacy', found.privilege_type, found.column_name, found.table_name);
  end loop;
end $$;
create or replace function app.own_end() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp
  as $$
declare
  closes constant boolean := new.state = 'closed' and old.state <> 'closed' and app.user_id() is not null;
begin
  if app.owns(tg_relid) then
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
create or replace function app.entries_are_open() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp
  as $$
declare
  entry constant giveaway_entries := coalesce(new, old);
begin
  if app.owns(tg_relid) then
    return entry;
  end if;
  perform from giveaways g where g.guild_id = entry.guild_id and g.number = entry.giveaway and g.state = 'open' for key share;
  if not found then
    raise exception 'the entries of a giveaway change only while it is open' using errcode = 'insufficient_privilege';
  end if;
  return entry;
end $$;
drop index tickets_to_empty;
alter table tickets drop column emptied_at;
drop table privacy_requests;
