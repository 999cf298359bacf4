-- Depth once more: names that a login can't put a table of its own before, ends and stars in one's own name, ranks that exist.

-- A temporary table is found before ours where a name stands without its schema. The triggers fix where they look; the functions
-- that a query calls name the schema instead, because a fixed path would keep PostgreSQL from writing them into the query.
alter function app.owns(oid) set search_path = pg_catalog, public, pg_temp;
alter function app.count_by_one() set search_path = pg_catalog, public, pg_temp;
alter function app.take_number() set search_path = pg_catalog, public, pg_temp;
alter function app.ledger_balances() set search_path = pg_catalog, public, pg_temp;

create or replace function app.is_sold(guild bigint, item text) returns boolean
  language sql stable parallel safe
  as $$
    select exists (select from public.plans p where p.guild_id = guild and split_part(item, '/', 1) = 'plan'
                   and p.code = split_part(item, '/', 2) and not p.archived)
        or exists (select from public.products g join public.variants v on v.guild_id = g.guild_id and v.product = g.code
                   where g.guild_id = guild and split_part(item, '/', 1) = 'product' and g.code = split_part(item, '/', 2)
                   and v.code = split_part(item, '/', 3) and not g.archived and not v.archived)
  $$;

create or replace function app.offers(guild bigint, items text[], at timestamptz) returns jsonb
  language sql stable parallel safe
  as $$
    select coalesce(jsonb_agg(jsonb_build_object('promotion', o.number, 'percent_hundredths', o.percent_hundredths,
        'amount_minor', o.amount_minor, 'currency', o.currency, 'ends_at', (extract(epoch from o.ends_at) * 1000000)::bigint,
        'item', pr.item, 'list_currency', pr.currency, 'list_minor', pr.amount_minor, 'lowest_minor', (
          select min(h.amount_minor) from public.price_history h where h.guild_id = pr.guild_id and h.item = pr.item
            and h.currency = pr.currency and h.since < coalesce(o.started_at, at)
            and (h.until is null or h.until > coalesce(o.started_at, at) - interval '30 days')
            and h.until is distinct from h.since))), '[]')
    from public.promotions o
      join public.prices pr on pr.guild_id = o.guild_id and pr.item = any (items) and app.covers(o.target, pr.item)
    where o.guild_id = guild and o.state = 'active' and o.code is null and not o.first_purchase and o.ends_at > at
      and pr.currency = coalesce((select currency from public.shops where guild_id = guild), 'eur')
  $$;

-- Nobody but the database's owner needs temporary tables. Only he may take the right away: where the tables are another's, or
-- the server is a provider's, it stays, and what stands above holds alone.
do $$
begin
  if exists (select from pg_catalog.pg_database where datname = current_database() and pg_has_role(datdba, 'usage')) then
    execute format('revoke temporary on database %I from public', current_database());
  end if;
end $$;

-- A rank is one of ours, or none: policies ask only whether there is one.
create or replace function app.rank() returns text
  language sql stable parallel safe
  as $$ select case when app.setting('app.rank') in ('support', 'operator') then app.setting('app.rank') end $$;

-- Who closes a ticket stands on it, also when nobody is named; the clock, which is no person, closes in nobody's name. Stars are
-- their giver's alone, whatever rank somebody else has.
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
