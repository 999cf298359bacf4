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
