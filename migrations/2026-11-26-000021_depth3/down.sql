create or replace function app.own_end() returns trigger
  language plpgsql
  as $$
begin
  if app.owns(tg_relid) then
    return new;
  end if;
  if new.closed_by is distinct from old.closed_by and new.closed_by <> app.user_id() then
    raise exception 'a member closes a ticket in his own name' using errcode = 'insufficient_privilege';
  end if;
  if (new.rating, new.rated_at) is distinct from (old.rating, old.rated_at) and new.state not in ('resolved', 'closed') then
    raise exception 'stars are given at the end' using errcode = 'insufficient_privilege';
  end if;
  -- A login that took no role has the grants of all of them, so whoever acts without rank or duty is held to a member's.
  if app.rank() is null and app.duty() is null
     and to_jsonb(new) - app.members_columns() is distinct from to_jsonb(old) - app.members_columns() then
    raise exception 'a member changes the state, the times and the stars of a ticket' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create or replace function app.rank() returns text
  language sql stable parallel safe
  as $$ select app.setting('app.rank') $$;
do $$
begin
  if exists (select from pg_catalog.pg_database where datname = current_database() and pg_has_role(datdba, 'usage')) then
    execute format('grant temporary on database %I to public', current_database());
  end if;
end $$;
create or replace function app.offers(guild bigint, items text[], at timestamptz) returns jsonb
  language sql stable parallel safe
  as $$
    select coalesce(jsonb_agg(jsonb_build_object('promotion', o.number, 'percent_hundredths', o.percent_hundredths,
        'amount_minor', o.amount_minor, 'currency', o.currency, 'ends_at', (extract(epoch from o.ends_at) * 1000000)::bigint,
        'item', pr.item, 'list_currency', pr.currency, 'list_minor', pr.amount_minor, 'lowest_minor', (
          select min(h.amount_minor) from price_history h where h.guild_id = pr.guild_id and h.item = pr.item
            and h.currency = pr.currency and h.since < coalesce(o.started_at, at)
            and (h.until is null or h.until > coalesce(o.started_at, at) - interval '30 days')
            and h.until is distinct from h.since))), '[]')
    from promotions o
      join prices pr on pr.guild_id = o.guild_id and pr.item = any (items) and app.covers(o.target, pr.item)
    where o.guild_id = guild and o.state = 'active' and o.code is null and not o.first_purchase and o.ends_at > at
      and pr.currency = coalesce((select currency from shops where guild_id = guild), 'eur')
  $$;
create or replace function app.is_sold(guild bigint, item text) returns boolean
  language sql stable parallel safe
  as $$
    select exists (select from plans p where p.guild_id = guild and split_part(item, '/', 1) = 'plan'
                   and p.code = split_part(item, '/', 2) and not p.archived)
        or exists (select from products g join variants v on v.guild_id = g.guild_id and v.product = g.code
                   where g.guild_id = guild and split_part(item, '/', 1) = 'product' and g.code = split_part(item, '/', 2)
                   and v.code = split_part(item, '/', 3) and not g.archived and not v.archived)
  $$;
alter function app.ledger_balances() reset all;
alter function app.take_number() reset all;
alter function app.count_by_one() reset all;
alter function app.owns(oid) reset all;
