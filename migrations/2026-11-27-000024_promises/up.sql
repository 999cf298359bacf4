-- What a shop promises holds: a discount stays within its ceiling whatever the price becomes, and what can't be given is not sold.

-- The largest part of a price that an amount may take off, in hundredths of a percent: as the setting was when the promotion was
-- made. Those that were made before get the setting's default.
alter table promotions add column cap_hundredths integer not null default 3000 check (cap_hundredths between 1 and 9999);
grant select (cap_hundredths) on promotions to maxis_member;

create or replace function app.offers(guild bigint, items text[], at timestamptz) returns jsonb
  language sql stable parallel safe
  as $$
    select coalesce(jsonb_agg(jsonb_build_object('promotion', o.number, 'percent_hundredths', o.percent_hundredths,
        'amount_minor', o.amount_minor, 'cap_hundredths', o.cap_hundredths, 'currency', o.currency, 'ends_at', (extract(epoch from o.ends_at) * 1000000)::bigint,
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

-- Which roles are gone is on show: what would give one is shown as not available, and not sold. Since when is staff's.
create policy gone_on_show on role_alerts for select to maxis_member, maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.user_id()) is not null and why = 'gone');
grant select (guild_id, role_id, why) on role_alerts to maxis_member;
