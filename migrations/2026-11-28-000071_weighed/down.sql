drop policy on_show on giveaways;
create policy on_show on giveaways for select to maxis_member, maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.user_id()) is not null and state <> 'scheduled');

revoke update (weight) on giveaway_entries from maxis_payments;

alter table giveaways
  drop constraint giveaways_weighing_times_are_read,
  drop constraint giveaways_weighing_is_whole,
  drop column weighed_to,
  drop column weighing_since;
