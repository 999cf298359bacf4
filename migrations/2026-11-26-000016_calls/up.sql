-- Members who are called in public because their direct messages are shut: where the newest call about a ticket stands, so that
-- it goes once it was answered, or a newer one came.
create table ticket_calls (
  guild_id bigint not null,
  ticket_number bigint not null,
  recipient_id bigint not null check (recipient_id > 0),
  channel_id bigint not null check (channel_id > 0),
  message_id bigint not null check (message_id > 0),
  primary key (guild_id, ticket_number),
  foreign key (guild_id, ticket_number) references tickets on delete cascade
);
call app.shut('ticket_calls');
grant select, insert, update on ticket_calls to maxis_worker;
create policy outbox on ticket_calls to maxis_worker
  using ((select app.duty()) = 'outbox') with check ((select app.duty()) = 'outbox');

-- Whoever was called takes his call away.
grant select, delete on ticket_calls to maxis_member, maxis_staff;
create policy own on ticket_calls for select to maxis_member, maxis_staff
  using (guild_id = (select app.guild_id()) and recipient_id = (select app.user_id()));
create policy own_end on ticket_calls for delete to maxis_member, maxis_staff
  using (guild_id = (select app.guild_id()) and recipient_id = (select app.user_id()));

-- From which guild a person was told something last by direct message.
create index outbox_told on outbox (recipient_id, done_at) where outcome = 'dm';
