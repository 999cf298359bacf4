-- That everything was stopped, or goes on, is an event of its own kind: Shellia tells it in the channels that follow how Maxis is.
drop policy from_agent on events;
create policy from_agent on events for insert to maxis_staff
  with check (guild_id = (select app.guild_id()) and actor_id = (select app.user_id()) and (select app.rank()) = 'operator'
              and kind in ('decision', 'agent_stopped', 'agent_resumed') and ticket_number is null and order_number is null);
