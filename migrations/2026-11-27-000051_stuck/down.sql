alter policy gone_on_show on role_alerts
  using (guild_id = (select app.guild_id()) and (select app.user_id()) is not null and why = 'gone');
