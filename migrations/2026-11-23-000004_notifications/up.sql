-- The outbox, the cards it keeps up to date, the event log, and answers kept for their asker.

create table outbox (
  id bigint generated always as identity primary key,
  guild_id bigint not null,
  kind text not null check (length(kind) <= 50),
  ticket_number bigint,
  message_id bigint,
  -- The person told, where it is one.
  recipient_id bigint,
  state text not null default 'pending' check (state in ('pending', 'done', 'failed')),
  attempts integer not null default 0,
  due_at timestamptz not null,
  lease_until timestamptz,
  -- How it arrived, or the reason why it did not: a fixed word, never content.
  outcome text check (length(outcome) <= 100),
  created_at timestamptz not null,
  done_at timestamptz,
  check ((state = 'pending') = (done_at is null))
);
call app.shut('outbox');
create index outbox_due on outbox (due_at, id) where state = 'pending';
create index outbox_of_ticket on outbox (guild_id, ticket_number, id);
create index outbox_done on outbox (done_at) where state <> 'pending';

-- The staff channel's message of a ticket: a projection, rebuilt when it is gone.
create table ticket_cards (
  guild_id bigint not null,
  ticket_number bigint not null,
  channel_id bigint not null check (channel_id > 0),
  message_id bigint not null check (message_id > 0),
  posted_at timestamptz not null,
  primary key (guild_id, ticket_number),
  foreign key (guild_id, ticket_number) references tickets on delete cascade
);
call app.shut('ticket_cards');

-- Append-only. Readers go by (xact, id) below the oldest running transaction, so none is missed that commits late.
create table events (
  id bigint generated always as identity primary key,
  xact xid8 not null default pg_current_xact_id(),
  guild_id bigint not null,
  kind text not null check (length(kind) <= 50),
  ticket_number bigint,
  actor_id bigint,
  at timestamptz not null
);
call app.shut('events');
create index events_in_order on events (xact, id);

-- What a person was answered, by the id of the interaction or message that asked: a repeat gets the same answer,
-- and a private answer waits here behind its button.
create table answers (
  guild_id bigint not null,
  user_id bigint not null,
  request text not null check (length(request) between 1 and 100),
  reply jsonb not null,
  created_at timestamptz not null,
  -- The rank under which it was given: what staff could read then is closed to who isn't staff any more.
  rank text default app.rank() check (rank in ('support', 'operator')),
  primary key (guild_id, user_id, request)
);
call app.shut('answers');
create index answers_created on answers (created_at);

grant insert on outbox, events to maxis_member, maxis_staff, maxis_worker;
create policy from_person on outbox for insert to maxis_member, maxis_staff
  with check (guild_id = (select app.guild_id()) and (select app.user_id()) is not null);
create policy from_person on events for insert to maxis_member, maxis_staff
  with check (guild_id = (select app.guild_id()) and actor_id = (select app.user_id()));
create policy from_schedule on outbox for insert to maxis_worker
  with check ((select app.duty()) = 'schedule');
create policy from_schedule on events for insert to maxis_worker
  with check ((select app.duty()) = 'schedule' and actor_id is null);

-- Staff see what became of each delivery, the cards and the events of their guild.
grant select on outbox, ticket_cards, events to maxis_staff;
create policy staff_read on outbox for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
create policy staff_read on ticket_cards for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
create policy staff_read on events for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);

grant select, update, delete on outbox to maxis_worker;
grant select, insert, update, delete on ticket_cards to maxis_worker;
create policy outbox on outbox to maxis_worker
  using ((select app.duty()) in ('outbox', 'schedule')) with check ((select app.duty()) in ('outbox', 'schedule'));
create policy outbox on ticket_cards to maxis_worker
  using ((select app.duty()) = 'outbox') with check ((select app.duty()) = 'outbox');

-- The schedule looks for tickets whose card is missing: in guilds that have a staff channel.
grant select (guild_id, staff_channel_id) on guilds to maxis_worker;
create policy schedule on guilds for select to maxis_worker
  using ((select app.duty()) = 'schedule');
create policy schedule on ticket_cards for select to maxis_worker
  using ((select app.duty()) = 'schedule');

grant select, insert on answers to maxis_member, maxis_staff;
create policy own on answers for select to maxis_member, maxis_staff
  using (guild_id = (select app.guild_id()) and user_id = (select app.user_id())
         and (rank is null or rank = (select app.rank()) or (select app.rank()) = 'operator'));
create policy own_add on answers for insert to maxis_member, maxis_staff
  with check (guild_id = (select app.guild_id()) and user_id = (select app.user_id()));
grant select (created_at), delete on answers to maxis_worker;
create policy sweep on answers to maxis_worker
  using ((select app.duty()) = 'schedule');
