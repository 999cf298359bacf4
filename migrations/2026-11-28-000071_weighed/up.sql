-- Further chances for a role are looked at again once the end has come: the roles of those who take part are gone through, in the order of
-- their accounts, before the list is frozen.

alter table giveaways
  -- When that was done last, and the account that was looked at last; the highest number once all were.
  add column weighing_since timestamptz,
  add column weighed_to bigint check (weighed_to >= 0),
  add constraint giveaways_weighing_is_whole check ((weighing_since is null) = (weighed_to is null)),
  add constraint giveaways_weighing_times_are_read check (weighing_since > '0001-01-01Z' and weighing_since < '9999-01-01Z');

grant update (weight) on giveaway_entries to maxis_payments;

-- What was called off before it was announced is nobody's but the team's.
drop policy on_show on giveaways;
create policy on_show on giveaways for select to maxis_member, maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.user_id()) is not null and state <> 'scheduled'
    and (state <> 'cancelled' or terms_version > 0));
