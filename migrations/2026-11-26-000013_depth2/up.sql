-- More depth. The triggers bind every login but the table's owner, also one that took no role.
create function app.owns(wanted oid) returns boolean
  language sql stable
  as $$ select pg_get_userbyid(relowner) = current_user from pg_catalog.pg_class where oid = wanted $$;

create or replace function app.count_by_one() returns trigger
  language plpgsql
  as $$
begin
  if not app.owns(tg_relid) and new.last_number <> (case tg_op when 'INSERT' then 1 else old.last_number + 1 end) then
    raise exception 'a counter goes up by one' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create or replace trigger count_by_one before insert or update on ticket_counters
  for each row execute function app.count_by_one();

create or replace function app.take_number() returns trigger
  language plpgsql
  as $$
begin
  if not app.owns(tg_relid)
     and not exists (select from ticket_counters c where c.guild_id = new.guild_id and c.last_number = new.number) then
    raise exception 'a ticket takes the number just counted' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create or replace trigger take_number before insert on tickets
  for each row execute function app.take_number();

-- A trigger and no policy: only what changes is judged. Stars that a ticket got stay when it goes on, and so does who closed it.
create function app.own_end() returns trigger
  language plpgsql
  as $$
begin
  if new.closed_by is distinct from old.closed_by and new.closed_by <> app.user_id() then
    raise exception 'a member closes a ticket in his own name' using errcode = 'insufficient_privilege';
  end if;
  if (new.rating, new.rated_at) is distinct from (old.rating, old.rated_at) and new.state not in ('resolved', 'closed') then
    raise exception 'stars are given at the end' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger own_end before update on tickets
  for each row when (current_user = 'maxis_member') execute function app.own_end();

-- Times that the program can read.
alter table tickets add constraint tickets_times_are_finite
  check (isfinite(created_at) and isfinite(updated_at) and isfinite(first_response_at) and isfinite(sla_due_at)
         and isfinite(sla_reminder_at) and isfinite(resolved_at) and isfinite(closed_at) and isfinite(auto_close_at)
         and isfinite(rated_at));
alter table ticket_messages add constraint ticket_messages_times_are_finite check (isfinite(created_at));
alter table outbox add constraint outbox_times_are_finite check (isfinite(due_at) and isfinite(created_at));
alter table answers add constraint answers_times_are_finite check (isfinite(created_at));

-- Files come from Discord's own hosts, or from a Discord on this machine.
create policy from_discord on ticket_attachments as restrictive for insert to maxis_member, maxis_staff
  with check (source_url is null
              or source_url ~ '^https://(cdn[.]discordapp[.]com|media[.]discordapp[.]net)/'
              or source_url ~ '^http://(127[.]0[.]0[.]1|localhost|\[::1\])(:[0-9]{1,5})?/');
