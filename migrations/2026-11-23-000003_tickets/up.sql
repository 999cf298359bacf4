-- Tickets, their messages, attachments and audit.

-- One counter row a guild: numbers without gap or double, taken in the transaction that uses them.
create table ticket_counters (
  guild_id bigint primary key references guilds on delete cascade,
  last_number bigint not null default 0 check (last_number >= 0)
);
call app.shut('ticket_counters');

create table tickets (
  guild_id bigint not null references guilds on delete cascade,
  number bigint not null check (number > 0),
  opener_id bigint not null check (opener_id > 0),
  opener_name text not null check (length(opener_name) <= 100),
  opener_locale text not null check (opener_locale in ('fr', 'en')),
  plan text not null default 'free' check (length(plan) <= 50),
  subject text not null check (length(subject) between 1 and 100),
  category text not null check (category in ('general', 'billing', 'technical', 'bug', 'account', 'feature_request')),
  priority text not null check (priority in ('critical', 'high', 'medium', 'low')),
  state text not null check (state in ('open', 'in_progress', 'waiting_user', 'resolved', 'closed')),
  assignee_id bigint check (assignee_id > 0),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  first_response_at timestamptz,
  -- The SLA clock: either it runs and has a due time, or it is paused and has a rest in milliseconds.
  sla_due_at timestamptz,
  sla_left_ms bigint,
  sla_reminder_at timestamptz,
  sla_reminded boolean not null default false,
  sla_breached_at timestamptz,
  resolved_at timestamptz,
  closed_at timestamptz,
  closed_by bigint check (closed_by > 0),
  close_reason text check (length(close_reason) <= 500),
  auto_close_at timestamptz,
  rating smallint check (rating between 1 and 5),
  rated_at timestamptz,
  primary key (guild_id, number),
  check ((sla_due_at is null) <> (sla_left_ms is null)),
  check ((state = 'closed') = (closed_at is not null)),
  check ((rating is null) = (rated_at is null))
);
call app.shut('tickets');
create index tickets_of_opener on tickets (guild_id, opener_id, number desc);
create index tickets_active on tickets (guild_id, number desc) where state <> 'closed';
create index tickets_of_assignee on tickets (guild_id, assignee_id) where state <> 'closed';
create index tickets_created on tickets (guild_id, created_at);
create index tickets_reminder_due on tickets (sla_reminder_at) where sla_due_at is not null and not sla_reminded;
create index tickets_breach_due on tickets (sla_due_at) where sla_due_at is not null and sla_breached_at is null;
create index tickets_auto_close_due on tickets (auto_close_at) where auto_close_at is not null;

create table ticket_messages (
  guild_id bigint not null,
  ticket_number bigint not null,
  id bigint generated always as identity,
  -- The ticket's opener, repeated so that the policy needs no join.
  opener_id bigint not null,
  author_id bigint not null check (author_id > 0),
  author_name text not null check (length(author_name) <= 100),
  kind text not null check (kind in ('opening', 'reply', 'note')),
  from_staff boolean not null,
  body text not null check (length(body) between 1 and 4000),
  created_at timestamptz not null,
  primary key (guild_id, ticket_number, id),
  foreign key (guild_id, ticket_number) references tickets on delete cascade
);
call app.shut('ticket_messages');

create table ticket_attachments (
  guild_id bigint not null,
  ticket_number bigint not null,
  message_id bigint not null,
  id bigint generated always as identity,
  opener_id bigint not null,
  internal boolean not null,
  file_name text not null check (length(file_name) <= 200),
  content_type text not null check (length(content_type) <= 100),
  size_bytes bigint not null check (size_bytes >= 0),
  state text not null check (state in ('pending', 'stored', 'refused', 'failed')),
  -- Discord's address, which expires; removed once the bytes are here.
  source_url text check (length(source_url) <= 2000),
  bytes bytea,
  created_at timestamptz not null,
  primary key (guild_id, ticket_number, message_id, id),
  foreign key (guild_id, ticket_number, message_id) references ticket_messages on delete cascade,
  check ((state = 'stored') = (bytes is not null))
);
call app.shut('ticket_attachments');
create index ticket_attachments_of_opener on ticket_attachments (guild_id, opener_id);
create index ticket_attachments_created on ticket_attachments (created_at) where bytes is not null;

-- Who did or read what; written by everybody, read by staff.
create table ticket_audit (
  id bigint generated always as identity primary key,
  guild_id bigint not null,
  ticket_number bigint,
  -- Nobody where the clock acted.
  actor_id bigint,
  action text not null check (length(action) <= 50),
  old_value text check (length(old_value) <= 500),
  new_value text check (length(new_value) <= 500),
  at timestamptz not null
);
call app.shut('ticket_audit');
create index ticket_audit_of_ticket on ticket_audit (guild_id, ticket_number, id);

-- Members: their own tickets, never an internal note. Reading asks only for the person, so that it also holds for
-- members who come through Supabase; what else a role may do is in its grants.
create policy member_read on tickets for select to public
  using (guild_id = (select app.guild_id()) and opener_id = (select app.user_id()));
create policy member_read on ticket_messages for select to public
  using (guild_id = (select app.guild_id()) and opener_id = (select app.user_id()) and kind <> 'note');
create policy member_read on ticket_attachments for select to public
  using (guild_id = (select app.guild_id()) and opener_id = (select app.user_id()) and not internal);
call app.open_to_supabase('tickets');
call app.open_to_supabase('ticket_messages');

grant select, insert on tickets to maxis_member;
grant update (state, updated_at, sla_due_at, sla_left_ms, sla_reminder_at, sla_reminded, resolved_at, closed_at, closed_by,
              close_reason, auto_close_at, rating, rated_at) on tickets to maxis_member;
grant select, insert on ticket_messages to maxis_member;
grant select, insert on ticket_attachments to maxis_member;
grant insert on ticket_audit to maxis_member;
grant select, insert, update on ticket_counters to maxis_member, maxis_staff;

create policy count_up on ticket_counters to maxis_member, maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.user_id()) is not null)
  with check (guild_id = (select app.guild_id()) and (select app.user_id()) is not null);
-- Staff open tickets of their own like anybody.
create policy open_own on tickets for insert to maxis_member, maxis_staff
  with check (guild_id = (select app.guild_id()) and opener_id = (select app.user_id()));
create policy member_write on tickets for update to maxis_member
  using (guild_id = (select app.guild_id()) and opener_id = (select app.user_id()))
  with check (guild_id = (select app.guild_id()) and opener_id = (select app.user_id()));
create policy member_write on ticket_messages for insert to maxis_member
  with check (guild_id = (select app.guild_id()) and opener_id = (select app.user_id())
              and author_id = (select app.user_id()) and kind <> 'note' and not from_staff
              and exists (select from tickets t where t.guild_id = ticket_messages.guild_id
                          and t.number = ticket_messages.ticket_number and t.opener_id = ticket_messages.opener_id));
create policy member_write on ticket_attachments for insert to maxis_member
  with check (guild_id = (select app.guild_id()) and opener_id = (select app.user_id()) and not internal
              and state <> 'stored'
              and exists (select from tickets t where t.guild_id = ticket_attachments.guild_id
                          and t.number = ticket_attachments.ticket_number and t.opener_id = ticket_attachments.opener_id));
create policy own_deeds on ticket_audit for insert to maxis_member, maxis_staff
  with check (guild_id = (select app.guild_id()) and actor_id = (select app.user_id()));

-- Staff: everything of their guild; messages are added as themselves and never changed.
grant select, insert, update on tickets to maxis_staff;
grant select, insert on ticket_messages, ticket_attachments, ticket_audit to maxis_staff;
create policy staff_read on tickets for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
create policy staff_write on tickets for update to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null)
  with check (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
create policy staff_read on ticket_messages for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
create policy staff_write on ticket_messages for insert to maxis_staff
  with check (guild_id = (select app.guild_id()) and (select app.rank()) is not null
              and author_id = (select app.user_id())
              and exists (select from tickets t where t.guild_id = ticket_messages.guild_id
                          and t.number = ticket_messages.ticket_number and t.opener_id = ticket_messages.opener_id));
create policy staff_read on ticket_attachments for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
create policy staff_write on ticket_attachments for insert to maxis_staff
  with check (guild_id = (select app.guild_id()) and (select app.rank()) is not null
              and exists (select from tickets t where t.guild_id = ticket_attachments.guild_id
                          and t.number = ticket_attachments.ticket_number and t.opener_id = ticket_attachments.opener_id));
create policy staff_read on ticket_audit for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);

-- The program: the schedule moves due tickets, the outbox fills in attachments.
grant select on tickets to maxis_worker;
grant update (state, updated_at, sla_due_at, sla_left_ms, sla_reminder_at, sla_reminded, sla_breached_at, closed_at,
              close_reason, auto_close_at) on tickets to maxis_worker;
grant select, update, delete on ticket_attachments to maxis_worker;
grant insert on ticket_audit to maxis_worker;
create policy schedule on tickets to maxis_worker
  using ((select app.duty()) = 'schedule') with check ((select app.duty()) = 'schedule');
create policy worker on ticket_attachments to maxis_worker
  using ((select app.duty()) in ('outbox', 'schedule')) with check ((select app.duty()) in ('outbox', 'schedule'));
create policy worker on ticket_audit for insert to maxis_worker
  with check ((select app.duty()) in ('outbox', 'schedule') and actor_id is null);
