alter policy delivered_read on product_contents
  using (guild_id = (select app.guild_id())
         and exists (select from deliveries d where d.guild_id = product_contents.guild_id and d.product = product_contents.product
                     and d.user_id = (select app.user_id()) and d.revoked_at is null));
alter table deliveries drop column suspended_at;
