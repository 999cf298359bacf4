drop policy from_agent on events;
create policy from_agent on events for insert to maxis_staff
  with check (guild_id = (select app.guild_id()) and actor_id = (select app.user_id()) and (select app.rank()) = 'operator'
              and kind = 'decision' and ticket_number is null and order_number is null);
