drop policy removal on outbox;
drop policy from_staff on outbox;
drop policy from_member on outbox;
create policy from_person on outbox for insert to maxis_member, maxis_staff
  with check (guild_id = (select app.guild_id()) and (select app.user_id()) is not null);
drop policy from_staff on events;
drop policy from_member on events;
create policy from_person on events for insert to maxis_member, maxis_staff
  with check (guild_id = (select app.guild_id()) and actor_id = (select app.user_id()));
drop policy staff_deeds on ticket_audit;
drop policy member_deeds on ticket_audit;
create policy own_deeds on ticket_audit for insert to maxis_member, maxis_staff
  with check (guild_id = (select app.guild_id()) and actor_id = (select app.user_id()));
drop policy staff_write on ticket_attachments;
create policy staff_write on ticket_attachments for insert to maxis_staff
  with check (guild_id = (select app.guild_id()) and (select app.rank()) is not null
              and exists (select from tickets t where t.guild_id = ticket_attachments.guild_id
                          and t.number = ticket_attachments.ticket_number and t.opener_id = ticket_attachments.opener_id));
drop policy member_write on ticket_attachments;
create policy member_write on ticket_attachments for insert to maxis_member
  with check (guild_id = (select app.guild_id()) and opener_id = (select app.user_id()) and not internal
              and state <> 'stored'
              and exists (select from tickets t where t.guild_id = ticket_attachments.guild_id
                          and t.number = ticket_attachments.ticket_number and t.opener_id = ticket_attachments.opener_id));
drop policy staff_write on ticket_messages;
create policy staff_write on ticket_messages for insert to maxis_staff
  with check (guild_id = (select app.guild_id()) and (select app.rank()) is not null
              and author_id = (select app.user_id())
              and exists (select from tickets t where t.guild_id = ticket_messages.guild_id
                          and t.number = ticket_messages.ticket_number and t.opener_id = ticket_messages.opener_id));
drop index ticket_messages_one_opening;
grant update on tickets to maxis_staff;
drop policy open_own on tickets;
create policy open_own on tickets for insert to maxis_member, maxis_staff
  with check (guild_id = (select app.guild_id()) and opener_id = (select app.user_id()));
drop policy member_read on category_agents;
revoke select on category_agents from maxis_member;
alter table tickets drop constraint tickets_plan_is_a_code;
grant insert, update on ticket_counters to maxis_member, maxis_staff;
grant insert on tickets, ticket_messages, ticket_attachments, ticket_audit, events, outbox to maxis_member, maxis_staff;
drop trigger take_number on tickets;
drop function app.take_number();
drop trigger count_by_one on ticket_counters;
drop function app.count_by_one();
