-- Milestones: what begins when a guild has so many members, each once for ever.
create table milestone_watches (
  guild_id bigint primary key references guilds on delete cascade,
  -- Where they are announced; null: switched off.
  channel_id bigint check (channel_id > 0),
  set_by bigint not null check (set_by > 0),
  -- What Discord told last, and the most since it was told first; it never goes down, so that nobody counts twice who left and came
  -- back. Null: nothing was told yet, and what is told next is where growth begins.
  members integer check (members >= 0),
  peak integer check (peak >= members),
  seen_at timestamptz check (isfinite(seen_at)),
  look_at timestamptz check (isfinite(look_at)),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((seen_at is null) or (members is not null and peak is not null)),
  check ((channel_id is null) = (look_at is null))
);
call app.shut('milestone_watches');
create index milestone_watches_due on milestone_watches (look_at) where look_at is not null;

create table milestones (
  guild_id bigint not null references milestone_watches on delete cascade,
  members integer not null check (members between 2 and 1000000),
  reward text not null check (length(reward) between 1 and 100),
  hours integer not null check (hours between 1 and 8760),
  winners integer not null check (winners between 1 and 10000),
  -- What each winner gets beside the reward.
  also_plan text check (also_plan ~ '^[a-z0-9_-]{1,32}$'),
  also_days integer check (also_days between 1 and 3660),
  also_role bigint check (also_role > 0),
  -- When it was reached, and the giveaway that began then; none where it could not be made.
  reached_at timestamptz check (isfinite(reached_at)),
  giveaway bigint,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (guild_id, members),
  foreign key (guild_id, giveaway) references giveaways on delete cascade,
  check ((also_plan is null) = (also_days is null)),
  check (giveaway is null or reached_at is not null)
);
call app.shut('milestones');

-- What each winner of a giveaway gets beside the prize.
alter table giveaways
  add column also_plan text check (also_plan ~ '^[a-z0-9_-]{1,32}$'),
  add column also_days integer check (also_days between 1 and 3660),
  add column also_role bigint check (also_role > 0),
  add constraint giveaways_also check ((also_plan is null) = (also_days is null));

create policy staff_read on milestone_watches for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
create policy staff_read on milestones for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
grant select on milestone_watches, milestones to maxis_staff;
grant select, insert, update on milestone_watches to maxis_payments;
grant select, insert, update, delete on milestones to maxis_payments;
create policy payments on milestone_watches to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
create policy payments on milestones to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
