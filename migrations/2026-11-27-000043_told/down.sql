drop policy stream on events;
revoke select (id, xact, guild_id, kind, ticket_number, order_number, number, amount_minor, currency, at) on events from maxis_worker;
drop policy from_promotions on events;
create policy from_promotions on events for insert to maxis_staff
  with check (guild_id = (select app.guild_id()) and actor_id = (select app.user_id()) and (select app.rank()) = 'operator'
              and kind in ('promotion_made', 'promotion_stopped') and ticket_number is null and order_number is null);
drop policy from_staff on events;
create policy from_staff on events for insert to maxis_staff
  with check (guild_id = (select app.guild_id()) and actor_id = (select app.user_id()) and (select app.rank()) is not null
              and kind in ('created', 'assigned', 'replied', 'closed', 'reopened', 'rated', 'noted', 'claimed', 'resolved',
                           'priority_changed', 'category_changed')
              and exists (select from tickets t where t.guild_id = events.guild_id and t.number = events.ticket_number));
revoke insert (number) on events from maxis_staff;
alter table events drop column number, drop column amount_minor, drop column currency;
