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

drop function app.asked_before(bigint, text, text, timestamptz);
