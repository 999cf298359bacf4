-- More depth: names that a temporary table can't take the place of, ranks that exist, and who closes and rates.

create or replace function app.rank() returns text
  language sql stable parallel safe
  as $$ select case when app.setting('app.rank') in ('support', 'operator') then app.setting('app.rank') end $$;

create or replace function app.take_number() returns trigger
  language plpgsql
  as $$
begin
  if not app.owns(tg_relid)
     and not exists (select from public.ticket_counters c where c.guild_id = new.guild_id and c.last_number = new.number) then
    raise exception 'a ticket takes the number just counted' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

create or replace function app.is_sold(guild bigint, item text) returns boolean
  language sql stable parallel safe
  as $$
    select exists (select from public.plans p where p.guild_id = guild and split_part(item, '/', 1) = 'plan'
                   and p.code = split_part(item, '/', 2) and not p.archived)
        or exists (select from public.products g join public.variants v on v.guild_id = g.guild_id and v.product = g.code
                   where g.guild_id = guild and split_part(item, '/', 1) = 'product' and g.code = split_part(item, '/', 2)
                   and v.code = split_part(item, '/', 3) and not g.archived and not v.archived)
  $$;

create or replace function app.own_end() returns trigger
  language plpgsql
  as $$
begin
  if app.owns(tg_relid) then
    return new;
  end if;
  -- Only the program closes a ticket in nobody's name.
  if new.closed_by is distinct from old.closed_by and new.closed_by is distinct from app.user_id() and new.closed_by is not null then
    raise exception 'a member closes a ticket in his own name' using errcode = 'insufficient_privilege';
  end if;
  if new.state = 'closed' and old.state <> 'closed' and new.closed_by is null and app.duty() is null then
    raise exception 'a member closes a ticket in his own name' using errcode = 'insufficient_privilege';
  end if;
  if (new.rating, new.rated_at) is distinct from (old.rating, old.rated_at) then
    if new.state not in ('resolved', 'closed') then
      raise exception 'stars are given at the end' using errcode = 'insufficient_privilege';
    end if;
    if new.rating is not null and new.opener_id is distinct from app.user_id() then
      raise exception 'stars are the opener''s' using errcode = 'insufficient_privilege';
    end if;
  end if;
  -- A login that took no role has the grants of all of them, so whoever acts without rank or duty is held to a member's.
  if app.rank() is null and app.duty() is null
     and to_jsonb(new) - app.members_columns() is distinct from to_jsonb(old) - app.members_columns() then
    raise exception 'a member changes the state, the times and the stars of a ticket' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

create or replace function app.ledger_balances() returns trigger
  language plpgsql
  as $$
begin
  if exists (select from public.ledger where guild_id = new.guild_id and txn = new.txn group by currency having sum(amount_minor) <> 0) then
    raise exception 'a transaction of the ledger does not balance' using errcode = 'check_violation', constraint = 'ledger_balances';
  end if;
  return null;
end $$;
