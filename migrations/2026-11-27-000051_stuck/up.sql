-- What gives a role that can't be given is not sold, whatever stands in the way: so all of it is on show. Since when is staff's.
alter policy gone_on_show on role_alerts
  using (guild_id = (select app.guild_id()) and (select app.user_id()) is not null);
