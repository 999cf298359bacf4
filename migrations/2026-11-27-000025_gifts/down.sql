alter table deliveries drop constraint deliveries_of_gift, drop column period, drop column quantity, drop column title,
  drop column giver_id;
alter policy own_read on orders
  using (guild_id = (select app.guild_id()) and (user_id = (select app.user_id()) or recipient_id = (select app.user_id())));
