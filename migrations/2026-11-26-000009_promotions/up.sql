-- Promotions, their uses, members' referrals, and who agreed to be reminded of a checkout.
--
-- Members read what is on show and what is theirs; operators make and stop promotions; uses, referrals and what a member
-- remembered are the payments duty's. The checks on counts and budgets are the last wall: the program takes under a lock.

create table promotion_counters (
  guild_id bigint primary key references guilds on delete cascade,
  last_number bigint not null default 0 check (last_number >= 0)
);
call app.shut('promotion_counters');

create table promotions (
  guild_id bigint not null references guilds on delete cascade,
  number bigint not null check (number > 0),
  kind text not null check (kind in ('welcome', 'abandoned_cart', 'upsell', 'win_back', 'manual')),
  -- What comes off: a percentage in hundredths, or an amount.
  percent_hundredths integer check (percent_hundredths between 1 and 9999),
  amount_minor bigint check (amount_minor > 0),
  -- The shop's currency when it was made: of the amount, the budget and what was spent.
  currency text not null check (currency ~ '^[a-z]{3}$'),
  target text not null check (target ~ '^(everything|plans|products|(plan|product)/[a-z0-9_-]{1,32})$'),
  -- Typed by the buyer; null: it applies by itself.
  code text check (code ~ '^[A-Z0-9_-]{3,30}$'),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  uses_allowed integer check (uses_allowed > 0),
  -- Reserved by an open order or used by one that was handed over.
  uses_held integer not null default 0 check (uses_held >= 0),
  uses_per_member integer check (uses_per_member > 0),
  first_purchase boolean not null default false,
  budget_minor bigint check (budget_minor > 0),
  spent_minor bigint not null default 0 check (spent_minor >= 0),
  made_by bigint not null check (made_by > 0),
  reason text not null check (length(reason) between 1 and 100),
  -- The intent that made it: a repeat finds it.
  request text not null check (length(request) between 1 and 100),
  state text not null check (state in ('scheduled', 'active', 'ended', 'stopped')),
  ended_reason text check (ended_reason in ('due', 'used_up', 'budget', 'stopped', 'no_reduction')),
  started_at timestamptz,
  ended_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (guild_id, number),
  unique (guild_id, request),
  check ((percent_hundredths is null) <> (amount_minor is null)),
  check (ends_at > starts_at),
  check (uses_held <= uses_allowed),
  check (spent_minor <= budget_minor),
  check ((state in ('ended', 'stopped')) = (ended_reason is not null and ended_at is not null))
);
call app.shut('promotions');
create unique index promotions_live_code on promotions (guild_id, code) where code is not null and state in ('scheduled', 'active');
create index promotions_live on promotions (guild_id, number) where state in ('scheduled', 'active');
create index promotions_starting on promotions (starts_at) where state = 'scheduled';
create index promotions_ending on promotions (ends_at) where state in ('scheduled', 'active');

create table promotion_uses (
  guild_id bigint not null,
  order_number bigint not null check (order_number > 0),
  promotion_number bigint not null,
  user_id bigint not null check (user_id > 0),
  -- reserved: by an open order. used: the order was handed over. released: it ended unpaid.
  state text not null check (state in ('reserved', 'used', 'released')),
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null check (currency ~ '^[a-z]{3}$'),
  reserved_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (guild_id, order_number),
  foreign key (guild_id, promotion_number) references promotions on delete cascade
);
call app.shut('promotion_uses');
create index promotion_uses_of_member on promotion_uses (guild_id, promotion_number, user_id);

-- The code that a member checked, for his next purchase.
create table remembered_codes (
  guild_id bigint not null,
  user_id bigint not null check (user_id > 0),
  promotion_number bigint not null,
  remembered_at timestamptz not null,
  primary key (guild_id, user_id),
  foreign key (guild_id, promotion_number) references promotions on delete cascade
);
call app.shut('remembered_codes');

create table referral_codes (
  guild_id bigint not null references guilds on delete cascade,
  user_id bigint not null check (user_id > 0),
  code text not null check (code ~ '^[A-Z0-9_-]{3,30}$'),
  created_at timestamptz not null,
  primary key (guild_id, user_id),
  unique (guild_id, code)
);
call app.shut('referral_codes');

-- A friend who gave a member's code before his first purchase. Invitations are not counted (Discord forbids rewarding them):
-- what counts is a purchase that stayed paid.
create table referrals (
  guild_id bigint not null references guilds on delete cascade,
  -- Who recommended.
  user_id bigint not null check (user_id > 0),
  friend_id bigint not null check (friend_id > 0 and friend_id <> user_id),
  -- waiting: for a purchase. held: bought, and could still be given back. credited. reversed: the money went back.
  state text not null check (state in ('waiting', 'held', 'credited', 'reversed')),
  order_number bigint,
  amount_minor bigint check (amount_minor > 0),
  currency text check (currency ~ '^[a-z]{3}$'),
  due_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (guild_id, friend_id),
  check ((state = 'waiting') = (order_number is null)),
  check ((order_number is null) = (amount_minor is null and currency is null and due_at is null))
);
call app.shut('referrals');
create index referrals_of_user on referrals (guild_id, user_id);
create index referrals_of_order on referrals (guild_id, order_number) where order_number is not null;
create index referrals_due on referrals (due_at) where state = 'held';

-- Who agreed, by a button, to be reminded of a checkout that he left: no row, no reminder.
create table reminders (
  guild_id bigint not null references guilds on delete cascade,
  user_id bigint not null check (user_id > 0),
  agreed_at timestamptz not null,
  primary key (guild_id, user_id)
);
call app.shut('reminders');

-- Whether a promotion's target covers an item of the price list.
create function app.covers(target text, item text) returns boolean
  language sql immutable parallel safe
  as $$
    select case target
      when 'everything' then true
      when 'plans' then starts_with(item, 'plan/')
      when 'products' then starts_with(item, 'product/')
      else starts_with(item, target || '/')
    end
  $$;

-- Whether an item of the price list is sold now; as the caller sees plans and products.
create function app.is_sold(guild bigint, item text) returns boolean
  language sql stable parallel safe
  as $$
    select exists (select from plans p where p.guild_id = guild and split_part(item, '/', 1) = 'plan'
                   and p.code = split_part(item, '/', 2) and not p.archived)
        or exists (select from products g join variants v on v.guild_id = g.guild_id and v.product = g.code
                   where g.guild_id = guild and split_part(item, '/', 1) = 'product' and g.code = split_part(item, '/', 2)
                   and v.code = split_part(item, '/', 3) and not g.archived and not v.archived)
  $$;

-- The promotions that everybody gets at a time, beside each of these items that they are on: its price, and the lowest asked in
-- the 30 days before (Directive 98/6/EC, article 6a). As the caller sees them; how much comes off is the program's.
create function app.offers(guild bigint, items text[], at timestamptz) returns jsonb
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

-- On show: what runs by itself; without who made it, why, and what it may cost.
create policy on_show on promotions for select to maxis_member, maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.user_id()) is not null and code is null and state = 'active');
grant select (guild_id, number, kind, percent_hundredths, amount_minor, currency, target, code, starts_at, ends_at, first_purchase,
  state, started_at) on promotions to maxis_member;

-- Members: what is theirs.
create policy own_read on promotion_uses for select to maxis_member, maxis_staff
  using (guild_id = (select app.guild_id()) and user_id = (select app.user_id()));
create policy own_read on remembered_codes for select to maxis_member, maxis_staff
  using (guild_id = (select app.guild_id()) and user_id = (select app.user_id()));
create policy own_read on referral_codes for select to maxis_member, maxis_staff
  using (guild_id = (select app.guild_id()) and user_id = (select app.user_id()));
create policy own_read on referrals for select to maxis_member, maxis_staff
  using (guild_id = (select app.guild_id()) and user_id = (select app.user_id()));
grant select on promotion_uses, remembered_codes, referral_codes to maxis_member;
-- Not which friend bought what.
grant select (guild_id, user_id, state, amount_minor, currency, due_at, created_at, updated_at) on referrals to maxis_member;
create policy own_choice on reminders to maxis_member, maxis_staff
  using (guild_id = (select app.guild_id()) and user_id = (select app.user_id()))
  with check (guild_id = (select app.guild_id()) and user_id = (select app.user_id()));
grant select, insert, update, delete on reminders to maxis_member, maxis_staff;

-- Staff: everything of their guild; operators make and stop.
create policy staff_read on promotions for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
create policy staff_read on promotion_uses for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
create policy staff_read on referral_codes for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
create policy staff_read on referrals for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
create policy operator_write on promotions to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator')
  with check (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator');
create policy operator_write on promotion_counters to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator')
  with check (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator');
grant select on promotions, promotion_counters, promotion_uses, remembered_codes, referral_codes, referrals to maxis_staff;
grant insert, update on promotions, promotion_counters to maxis_staff;

-- What they do is told in the event log, as themselves.
create policy from_promotions on events for insert to maxis_staff
  with check (guild_id = (select app.guild_id()) and actor_id = (select app.user_id()) and (select app.rank()) = 'operator'
              and kind in ('promotion_made', 'promotion_stopped') and ticket_number is null and order_number is null);

-- The payments duty.
grant select on promotion_counters to maxis_payments;
grant select, update on promotions to maxis_payments;
grant select, insert, update on promotion_uses, remembered_codes, referral_codes, referrals to maxis_payments;
grant delete on remembered_codes to maxis_payments;
grant select on reminders to maxis_payments;
create policy payments on promotion_counters for select to maxis_payments using ((select app.duty()) = 'payments');
create policy payments on promotions to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on promotion_uses to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on remembered_codes to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on referral_codes to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on referrals to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on reminders for select to maxis_payments using ((select app.duty()) = 'payments');
