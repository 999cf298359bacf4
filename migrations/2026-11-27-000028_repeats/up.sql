-- Giveaways that come back every week: beside the giveaway that they copy, when the next begins.
create table giveaway_repeats (
  guild_id bigint not null,
  giveaway bigint not null,
  -- From Monday, 0; and minutes since midnight, in the zone.
  weekday smallint not null check (weekday between 0 and 6),
  minute smallint not null check (minute between 0 and 1439),
  zone text not null check (length(zone) between 1 and 100),
  length_s bigint not null check (length_s between 60 and 31622400),
  next_at timestamptz not null check (isfinite(next_at)),
  made_by bigint not null check (made_by > 0),
  created_at timestamptz not null,
  primary key (guild_id, giveaway),
  foreign key (guild_id, giveaway) references giveaways on delete cascade
);
call app.shut('giveaway_repeats');
create index giveaway_repeats_due on giveaway_repeats (next_at);

create policy staff_read on giveaway_repeats for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
grant select on giveaway_repeats to maxis_staff;
grant select, insert, update, delete on giveaway_repeats to maxis_payments;
create policy payments on giveaway_repeats to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
