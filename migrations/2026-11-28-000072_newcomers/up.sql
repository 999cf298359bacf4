-- What came into the shop while a promotion ran was never asked without it: there is no price from which a reduction could be announced,
-- whatever the price list says (Directive 98/6/EC, article 6a).

-- The lowest that was asked for an item in the 30 days before a time; where nothing was, the lowest that ever was.
create function app.asked_before(guild bigint, named text, coin text, at timestamptz) returns bigint
  language sql stable parallel safe
  as $$
    select coalesce(min(h.amount_minor) filter (where h.since < at and (h.until is null or h.until > at - interval '30 days')),
        min(h.amount_minor))
    from public.price_history h
    where h.guild_id = guild and h.item = named and h.currency = coin and h.until is distinct from h.since
  $$;

create or replace function app.offers(guild bigint, items text[], at timestamptz) returns jsonb
  language sql stable parallel safe
  as $$
    select coalesce(jsonb_agg(jsonb_build_object('promotion', o.number, 'percent_hundredths', o.percent_hundredths,
        'amount_minor', o.amount_minor, 'cap_hundredths', o.cap_hundredths, 'currency', o.currency, 'ends_at', (extract(epoch from o.ends_at) * 1000000)::bigint,
        'item', pr.item, 'list_currency', pr.currency, 'list_minor', pr.amount_minor, 'lowest_minor', app.asked_before(pr.guild_id, pr.item, pr.currency, coalesce(o.started_at, at)))), '[]')
    from public.promotions o
      join public.prices pr on pr.guild_id = o.guild_id and pr.item = any (items) and app.covers(o.target, pr.item)
    where o.guild_id = guild and o.state = 'active' and o.code is null and not o.first_purchase and o.ends_at > at
      and pr.currency = coalesce((select currency from public.shops where guild_id = guild), 'eur')
  $$;
