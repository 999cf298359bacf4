-- How many take part in a giveaway and what their weights add up to, kept beside the entries: whoever enters is shown his chance, and
-- thousands of entries aren't counted for each. In sixteen parts, so that those who enter at once don't wait for one another.
create table giveaway_crowds (
  guild_id bigint not null,
  giveaway bigint not null,
  part smallint not null check (part between 0 and 15),
  entries bigint not null check (entries >= 0),
  weight bigint not null check (weight >= entries),
  primary key (guild_id, giveaway, part),
  foreign key (guild_id, giveaway) references giveaways on delete cascade
) with (fillfactor = 50);
call app.shut('giveaway_crowds');

insert into giveaway_crowds
  select guild_id, giveaway, hashint8(user_id) & 15, count(*), sum(weight) from giveaway_entries group by 1, 2, 3;

create function app.entries_are_counted() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp
  as $$
begin
  if tg_op in ('UPDATE', 'DELETE') then
    -- Nothing is left to change where the giveaway itself goes.
    update public.giveaway_crowds c set entries = c.entries - 1, weight = c.weight - old.weight
      where c.guild_id = old.guild_id and c.giveaway = old.giveaway and c.part = hashint8(old.user_id) & 15;
  end if;
  if tg_op in ('INSERT', 'UPDATE') then
    insert into public.giveaway_crowds as c (guild_id, giveaway, part, entries, weight)
      values (new.guild_id, new.giveaway, hashint8(new.user_id) & 15, 1, new.weight)
      on conflict (guild_id, giveaway, part) do update set entries = c.entries + 1, weight = c.weight + excluded.weight;
  end if;
  return null;
end $$;
create trigger entries_are_counted after insert or update or delete on giveaway_entries
  for each row execute function app.entries_are_counted();

create policy staff_read on giveaway_crowds for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
grant select on giveaway_crowds to maxis_staff;
grant select, insert, update on giveaway_crowds to maxis_payments;
create policy payments on giveaway_crowds to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');

-- A prize may be a promotion code that its winner alone may use: what comes off, and for how many days.
alter table giveaways
  drop constraint giveaways_prize_check,
  add constraint giveaways_prize_check check (prize in ('plan', 'role', 'product', 'hand', 'coupon')),
  add column prize_percent integer check (prize_percent between 1 and 9999),
  add column prize_minor bigint check (prize_minor > 0),
  add column prize_currency text check (prize_currency ~ '^[a-z]{3}$'),
  -- The largest part of a price that comes off, as the rules were when it was made, in hundredths of a percent.
  add column prize_cap integer check (prize_cap between 1 and 9999),
  add constraint giveaways_coupon check (
    (prize = 'coupon') = (prize_cap is not null and prize_days is not null and (prize_percent is null) <> (prize_minor is null))),
  add constraint giveaways_coupon_amount check ((prize_minor is null) = (prize_currency is null));
alter table promotions add column for_user bigint check (for_user > 0);
grant insert on promotions to maxis_payments;
grant insert, update on promotion_counters to maxis_payments;
drop policy payments on promotion_counters;
create policy payments on promotion_counters to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');

-- What another program of ours asked, by its key: asked again, it is not done again.
create table giveaway_requests (
  guild_id bigint not null,
  key text not null check (key ~ '^[!-~]{1,100}$'),
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  giveaway bigint not null,
  by_id bigint not null check (by_id > 0),
  at timestamptz not null,
  primary key (guild_id, key),
  foreign key (guild_id, giveaway) references giveaways on delete cascade
);
call app.shut('giveaway_requests');
grant select, insert on giveaway_requests to maxis_payments;
create policy payments on giveaway_requests to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');
