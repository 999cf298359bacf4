drop policy from_promotions on events;
drop function app.offers(bigint, text[], timestamptz);
drop function app.is_sold(bigint, text);
drop function app.covers(text, text);
drop table reminders, referrals, referral_codes, remembered_codes, promotion_uses, promotions, promotion_counters;
