-- Giveaways: what is promised, who takes part, what was posted, what was drawn, and who got it.
--
-- Members read what is announced and what is theirs, staff everything but the secrets. Every change is the payments duty's, by
-- the use cases: an entry's weight, for instance, follows from roles that only Discord knows.

create table giveaway_counters (
  guild_id bigint primary key references guilds on delete cascade,
  last_number bigint not null default 0 check (last_number >= 0)
);
call app.shut('giveaway_counters');

create table giveaways (
  guild_id bigint not null references guilds on delete cascade,
  number bigint not null check (number > 0),
  host_id bigint not null check (host_id > 0),
  -- The intent that made it: a repeat finds it.
  request text not null check (length(request) between 1 and 100),
  channel_id bigint not null check (channel_id > 0),
  title text not null check (length(title) between 1 and 200),
  description text not null check (length(description) <= 1000),
  winners integer not null check (winners between 1 and 10000),
  -- What is won: days of a plan, a role, a product of the shop, or something that staff give by hand.
  prize text not null check (prize in ('plan', 'role', 'product', 'hand')),
  prize_plan text check (prize_plan ~ '^[a-z0-9_-]{1,32}$'),
  prize_role bigint check (prize_role > 0),
  prize_product text check (prize_product ~ '^[a-z0-9_-]{1,32}$'),
  prize_variant text check (prize_variant ~ '^[a-z0-9_-]{1,32}$'),
  prize_days integer check (prize_days between 1 and 3660),
  requirements jsonb not null,
  -- Hours in which a prize is claimed; 0: it is given without being claimed.
  claim_hours integer not null check (claim_hours between 0 and 720),
  -- What the draw's randomness comes from, with the sandbox's key or the secret's hash (docs/FAIR_DRAWS.md, "Terms").
  source text not null check (source in ('quicknet', 'sandbox', 'none')),
  source_value text check (source_value ~ '^([0-9a-f]{64}|[0-9a-f]{192})$'),
  -- drawing: the list is frozen, the winners are not known yet. drawn: they are, and not all have their prize yet.
  state text not null check (state in ('scheduled', 'open', 'paused', 'drawing', 'drawn', 'done', 'cancelled')),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  paused_at timestamptz,
  -- Of the terms: raised with each change, and the one that was posted last.
  version integer not null default 1 check (version > 0),
  terms_version integer not null default 0 check (terms_version between 0 and version),
  terms_message_id bigint check (terms_message_id > 0),
  card_message_id bigint check (card_message_id > 0),
  -- What the card shows: a digest of it, so that it is edited only when it would differ.
  card_shows text check (length(card_shows) <= 100),
  root text check (root ~ '^[0-9a-f]{64}$'),
  commitment text check (commitment ~ '^[0-9a-f]{64}$'),
  entries integer check (entries >= 0),
  commitment_message_id bigint check (commitment_message_id > 0),
  -- The round's signature or the revealed secret, once and for all.
  proof text check (proof ~ '^([0-9a-f]{64}|[0-9a-f]{96})$'),
  -- Since when the beacon is asked in vain, and whether the channel was told.
  waits_since timestamptz,
  wait_told boolean not null default false,
  -- The lowest rank that was looked at.
  checked integer not null default 0 check (checked >= 0),
  -- How many entries of the log were told in the channel.
  told integer not null default 0 check (told >= 0),
  -- Why nothing can be posted in its channel, and whether staff were told.
  trouble text check (trouble in ('gone', 'no_access', 'no_permission')),
  trouble_told boolean not null default false,
  -- When the program looks at it again; null: nothing is left to do.
  look_at timestamptz,
  lease_until timestamptz,
  attempts integer not null default 0,
  ended_at timestamptz,
  -- The intent that changed it last: a repeat changes nothing.
  last_request text check (length(last_request) between 1 and 100),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (guild_id, number),
  unique (guild_id, request),
  check (ends_at > starts_at),
  check ((prize = 'plan') = (prize_plan is not null and prize_days is not null and prize_product is null and prize_role is null)),
  check ((prize = 'role') = (prize_role is not null)),
  check ((prize = 'product') = (prize_product is not null and prize_variant is not null)),
  check ((source = 'quicknet') = (source_value is null)),
  check ((state = 'paused') = (paused_at is not null)),
  check (state not in ('drawing', 'drawn') or (root is not null and commitment is not null and entries > 0)),
  check ((state in ('done', 'cancelled')) = (ended_at is not null)),
  check (isfinite(starts_at) and isfinite(ends_at) and isfinite(look_at))
);
call app.shut('giveaways');
create index giveaways_to_look_at on giveaways (look_at) where look_at is not null;
create index giveaways_live on giveaways (guild_id, ends_at) where state in ('scheduled', 'open', 'paused');

-- What nobody may know before the draw (the secret), or at all but for his own entry (the salt).
create table giveaway_secrets (
  guild_id bigint not null,
  giveaway bigint not null,
  salt text not null check (salt ~ '^[0-9a-f]{64}$'),
  secret text check (secret ~ '^[0-9a-f]{64}$'),
  primary key (guild_id, giveaway),
  foreign key (guild_id, giveaway) references giveaways on delete cascade
);
call app.shut('giveaway_secrets');

create table giveaway_entries (
  guild_id bigint not null,
  giveaway bigint not null,
  user_id bigint not null check (user_id > 0),
  weight integer not null check (weight between 1 and 1000),
  entered_at timestamptz not null,
  primary key (guild_id, giveaway, user_id),
  foreign key (guild_id, giveaway) references giveaways on delete cascade
);
call app.shut('giveaway_entries');
create index giveaway_entries_of_user on giveaway_entries (guild_id, user_id);

-- Nobody comes or goes but while it is open: whoever freezes the list waits for those who are on their way, and finds them.
create function app.entries_are_open() returns trigger
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
create trigger entries_are_open before insert or update or delete on giveaway_entries
  for each row execute function app.entries_are_open();

-- Who has which place: a rank that was drawn, or that followed one who is out.
create table giveaway_places (
  guild_id bigint not null,
  giveaway bigint not null,
  rank integer not null check (rank > 0),
  -- From 1, in the order of the draw; who follows somebody gets his place.
  place integer not null check (place > 0),
  user_id bigint not null check (user_id > 0),
  -- pending: to be claimed. claimed: to be given by hand. delivered, given. out: another rank follows, or nobody is left.
  state text not null check (state in ('pending', 'claimed', 'delivered', 'given', 'out')),
  claim_until timestamptz,
  order_number bigint,
  -- Told by direct message; staff told that something is to be given by hand.
  told_at timestamptz,
  staff_told_at timestamptz,
  -- Staff want the next in order in his place: why, who, and a note for the log.
  reroll_reason text check (reroll_reason in ('left_server', 'banned', 'requirement_lost', 'rule_broken', 'duplicate_account',
                                              'unclaimed', 'declined', 'unreachable', 'other')),
  reroll_by bigint check (reroll_by > 0),
  reroll_note text check (length(reroll_note) <= 100),
  reroll_request text check (length(reroll_request) between 1 and 100),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (guild_id, giveaway, rank),
  unique (guild_id, giveaway, user_id),
  foreign key (guild_id, giveaway) references giveaways on delete cascade,
  check ((reroll_reason is null) = (reroll_by is null and reroll_note is null)),
  check (isfinite(claim_until))
);
call app.shut('giveaway_places');
-- One holder a place.
create unique index giveaway_places_held on giveaway_places (guild_id, giveaway, place) where state <> 'out';

-- What became of the winners (docs/FAIR_DRAWS.md, "Log"): append-only, each entry chained to the one before.
create table giveaway_log (
  guild_id bigint not null,
  giveaway bigint not null,
  index integer not null check (index >= 0),
  at_second bigint not null check (at_second >= 0),
  actor_id bigint not null check (actor_id >= 0),
  event jsonb not null,
  note text not null check (length(note) <= 500),
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  primary key (guild_id, giveaway, index),
  foreign key (guild_id, giveaway) references giveaways on delete cascade
);
call app.shut('giveaway_log');

-- Members: what was announced, and what is theirs.
create policy on_show on giveaways for select to maxis_member, maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.user_id()) is not null and state <> 'scheduled');
create policy own_read on giveaway_entries for select to maxis_member, maxis_staff
  using (guild_id = (select app.guild_id()) and user_id = (select app.user_id()));
create policy own_read on giveaway_places for select to maxis_member, maxis_staff
  using (guild_id = (select app.guild_id()) and user_id = (select app.user_id()));
grant select on giveaways, giveaway_entries, giveaway_places to maxis_member;

-- Staff: everything of their guild but the secrets.
create policy staff_read on giveaways for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
create policy staff_read on giveaway_entries for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
create policy staff_read on giveaway_places for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
create policy staff_read on giveaway_log for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
grant select on giveaways, giveaway_entries, giveaway_places, giveaway_log to maxis_staff;

-- The payments duty: what was entered or written into the log is never changed, and a secret neither.
grant select, insert, update on giveaway_counters, giveaways, giveaway_places to maxis_payments;
grant select, insert on giveaway_secrets, giveaway_log to maxis_payments;
grant select, insert, delete on giveaway_entries to maxis_payments;
create policy payments on giveaway_counters to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on giveaways to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on giveaway_secrets to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on giveaway_entries to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on giveaway_places to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on giveaway_log to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
