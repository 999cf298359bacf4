-- Depth: what the use cases hold to, held once more beneath them. A member's or a staff member's transaction may write the
-- columns, deeds and notices that his use cases write, about tickets that he sees, and nothing else.

-- A person's transaction counts by one; the owner may set the counter.
create function app.count_by_one() returns trigger
  language plpgsql
  as $$
begin
  if new.last_number <> (case tg_op when 'INSERT' then 1 else old.last_number + 1 end) then
    raise exception 'a counter goes up by one' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger count_by_one before insert or update on ticket_counters
  for each row when (current_user in ('maxis_member', 'maxis_staff')) execute function app.count_by_one();

-- A trigger and no policy: the counter is raised by the same statement, whose snapshot a policy would ask.
create function app.take_number() returns trigger
  language plpgsql
  as $$
begin
  if not exists (select from ticket_counters c where c.guild_id = new.guild_id and c.last_number = new.number) then
    raise exception 'a ticket takes the number just counted' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger take_number before insert on tickets
  for each row when (current_user in ('maxis_member', 'maxis_staff')) execute function app.take_number();

revoke insert, update on ticket_counters from maxis_member, maxis_staff;
grant insert (guild_id, last_number), update (last_number) on ticket_counters to maxis_member, maxis_staff;

-- A code, as long as nothing says which plans there are.
alter table tickets add constraint tickets_plan_is_a_code check (plan ~ '^[a-z0-9][a-z0-9_-]{0,49}$');

-- Who gets a category's tickets stands on every such ticket, so a member may know it; a new ticket is given to nobody else.
grant select on category_agents to maxis_member;
create policy member_read on category_agents for select to maxis_member
  using (guild_id = (select app.guild_id()) and (select app.user_id()) is not null);

revoke insert on tickets from maxis_member, maxis_staff;
grant insert (guild_id, number, opener_id, opener_name, opener_locale, plan, subject, category, priority, state, assignee_id,
              created_at, updated_at, sla_due_at, sla_reminder_at) on tickets to maxis_member, maxis_staff;
drop policy open_own on tickets;
create policy open_own on tickets for insert to maxis_member, maxis_staff
  with check (guild_id = (select app.guild_id()) and opener_id = (select app.user_id())
              and case when assignee_id is null then state = 'open'
                       else state = 'in_progress' and assignee_id <> opener_id
                            and exists (select from category_agents a where a.guild_id = tickets.guild_id
                                        and a.category = tickets.category and a.agent_id = tickets.assignee_id) end);

-- What a ticket was opened with stays; that it missed its time is the clock's to say.
revoke update on tickets from maxis_staff;
grant update (category, priority, state, assignee_id, updated_at, first_response_at, sla_due_at, sla_left_ms, sla_reminder_at,
              sla_reminded, resolved_at, closed_at, closed_by, close_reason, auto_close_at, rating, rated_at)
  on tickets to maxis_staff;

-- Messages: one opening each, by the opener; for staff speaks who isn't the opener.
create unique index ticket_messages_one_opening on ticket_messages (guild_id, ticket_number) where kind = 'opening';
revoke insert on ticket_messages from maxis_member, maxis_staff;
grant insert (guild_id, ticket_number, id, opener_id, author_id, author_name, kind, from_staff, body, created_at)
  on ticket_messages to maxis_member, maxis_staff;
drop policy staff_write on ticket_messages;
create policy staff_write on ticket_messages for insert to maxis_staff
  with check (guild_id = (select app.guild_id()) and (select app.rank()) is not null
              and author_id = (select app.user_id())
              and from_staff = (kind = 'note' or author_id <> opener_id)
              and (kind <> 'opening' or author_id = opener_id)
              and exists (select from tickets t where t.guild_id = ticket_messages.guild_id
                          and t.number = ticket_messages.ticket_number and t.opener_id = ticket_messages.opener_id));

-- Files: with a message of one's own, without bytes; internal as their message is.
revoke insert on ticket_attachments from maxis_member, maxis_staff;
grant insert (guild_id, ticket_number, message_id, opener_id, internal, file_name, content_type, size_bytes, state, source_url,
              created_at) on ticket_attachments to maxis_member, maxis_staff;
drop policy member_write on ticket_attachments;
create policy member_write on ticket_attachments for insert to maxis_member
  with check (guild_id = (select app.guild_id()) and opener_id = (select app.user_id()) and not internal
              and state in ('pending', 'refused')
              and exists (select from ticket_messages m where m.guild_id = ticket_attachments.guild_id
                          and m.ticket_number = ticket_attachments.ticket_number and m.id = ticket_attachments.message_id
                          and m.opener_id = ticket_attachments.opener_id and m.author_id = ticket_attachments.opener_id));
drop policy staff_write on ticket_attachments;
create policy staff_write on ticket_attachments for insert to maxis_staff
  with check (guild_id = (select app.guild_id()) and (select app.rank()) is not null
              and state in ('pending', 'refused')
              and exists (select from ticket_messages m where m.guild_id = ticket_attachments.guild_id
                          and m.ticket_number = ticket_attachments.ticket_number and m.id = ticket_attachments.message_id
                          and m.opener_id = ticket_attachments.opener_id and m.author_id = (select app.user_id())
                          and (m.kind = 'note') = ticket_attachments.internal));

-- The audit: one's own deeds, of those that one's use cases do, about a ticket that one sees.
revoke insert on ticket_audit from maxis_member, maxis_staff;
grant insert (guild_id, ticket_number, actor_id, action, old_value, new_value, at) on ticket_audit to maxis_member, maxis_staff;
drop policy own_deeds on ticket_audit;
create policy member_deeds on ticket_audit for insert to maxis_member
  with check (guild_id = (select app.guild_id()) and actor_id = (select app.user_id())
              and action in ('created', 'assigned', 'replied', 'closed', 'reopened', 'rated')
              and exists (select from tickets t where t.guild_id = ticket_audit.guild_id
                          and t.number = ticket_audit.ticket_number and t.opener_id = ticket_audit.actor_id
                          and (ticket_audit.action <> 'assigned' or t.assignee_id::text = ticket_audit.new_value)));
create policy staff_deeds on ticket_audit for insert to maxis_staff
  with check (guild_id = (select app.guild_id()) and actor_id = (select app.user_id()) and (select app.rank()) is not null
              and case when ticket_number is null then action = 'listed'
                       else action in ('created', 'assigned', 'replied', 'closed', 'reopened', 'rated', 'noted', 'claimed',
                                       'resolved', 'priority_changed', 'category_changed', 'viewed', 'history_read',
                                       'file_read')
                            and exists (select from tickets t where t.guild_id = ticket_audit.guild_id
                                        and t.number = ticket_audit.ticket_number) end);

-- The event log: the same changes; what is only read is no event.
revoke insert on events from maxis_member, maxis_staff;
grant insert (guild_id, kind, ticket_number, actor_id, at) on events to maxis_member, maxis_staff;
drop policy from_person on events;
create policy from_member on events for insert to maxis_member
  with check (guild_id = (select app.guild_id()) and actor_id = (select app.user_id())
              and kind in ('created', 'assigned', 'replied', 'closed', 'reopened', 'rated')
              and exists (select from tickets t where t.guild_id = events.guild_id
                          and t.number = events.ticket_number and t.opener_id = events.actor_id));
create policy from_staff on events for insert to maxis_staff
  with check (guild_id = (select app.guild_id()) and actor_id = (select app.user_id()) and (select app.rank()) is not null
              and kind in ('created', 'assigned', 'replied', 'closed', 'reopened', 'rated', 'noted', 'claimed', 'resolved',
                           'priority_changed', 'category_changed')
              and exists (select from tickets t where t.guild_id = events.guild_id and t.number = events.ticket_number));

-- A typed command is deleted for whom it was typed; which message that is, only the program knows.
create policy removal on outbox for insert to maxis_member, maxis_staff
  with check (guild_id = (select app.guild_id()) and (select app.user_id()) is not null and kind = 'removal'
              and ticket_number is null and message_id is null and recipient_id is null);
-- The outbox: whom one's use cases tell. A member tells staff, by the card, and the agent who gets his new ticket; staff tell
-- the opener and the assignee. A message that is told of, or whose files are fetched, is one's own.
revoke insert on outbox from maxis_member, maxis_staff;
grant insert (guild_id, kind, ticket_number, message_id, recipient_id, posted_channel_id, posted_message_id, due_at, created_at) on outbox to maxis_member, maxis_staff;
drop policy from_person on outbox;
create policy from_member on outbox for insert to maxis_member
  with check (guild_id = (select app.guild_id())
              and exists (select from tickets t where t.guild_id = outbox.guild_id and t.number = outbox.ticket_number
                          and t.opener_id = (select app.user_id())
                          and case outbox.kind when 'card' then outbox.recipient_id is null
                                               when 'attachment' then outbox.recipient_id is null
                                               when 'assigned' then outbox.recipient_id = t.assignee_id
                                               else false end)
              and (message_id is null
                   or exists (select from ticket_messages m where m.guild_id = outbox.guild_id
                              and m.ticket_number = outbox.ticket_number and m.id = outbox.message_id
                              and m.author_id = (select app.user_id()))));
create policy from_staff on outbox for insert to maxis_staff
  with check (guild_id = (select app.guild_id()) and (select app.rank()) is not null and (select app.user_id()) is not null
              and exists (select from tickets t where t.guild_id = outbox.guild_id and t.number = outbox.ticket_number
                          and case outbox.kind when 'card' then outbox.recipient_id is null
                                               when 'attachment' then outbox.recipient_id is null
                                               when 'assigned' then outbox.recipient_id = t.assignee_id
                                               when 'reply' then outbox.recipient_id = t.opener_id
                                               when 'state_change' then outbox.recipient_id = t.opener_id
                                               else false end)
              and (message_id is null
                   or exists (select from ticket_messages m where m.guild_id = outbox.guild_id
                              and m.ticket_number = outbox.ticket_number and m.id = outbox.message_id
                              and m.author_id = (select app.user_id()))));
