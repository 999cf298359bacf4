drop policy from_discord on ticket_attachments;
alter table answers drop constraint answers_times_are_finite;
alter table outbox drop constraint outbox_times_are_finite;
alter table ticket_messages drop constraint ticket_messages_times_are_finite;
alter table tickets drop constraint tickets_times_are_finite;
drop trigger own_end on tickets;
drop function app.own_end();
create or replace function app.take_number() returns trigger
  language plpgsql
  as $$
begin
  if not exists (select from ticket_counters c where c.guild_id = new.guild_id and c.last_number = new.number) then
    raise exception 'a ticket takes the number just counted' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create or replace trigger take_number before insert on tickets
  for each row when (current_user in ('maxis_member', 'maxis_staff')) execute function app.take_number();
create or replace function app.count_by_one() returns trigger
  language plpgsql
  as $$
begin
  if new.last_number <> (case tg_op when 'INSERT' then 1 else old.last_number + 1 end) then
    raise exception 'a counter goes up by one' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create or replace trigger count_by_one before insert or update on ticket_counters
  for each row when (current_user in ('maxis_member', 'maxis_staff')) execute function app.count_by_one();
drop function app.owns(oid);
