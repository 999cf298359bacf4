-- Depth once more: times that the program can read, messages that their asker may have deleted, plans that are held, deeds that
-- were done.

-- PostgreSQL counts further than the program reads: a time of the year 20000 would stop whoever meets it.
do $$
declare
  found record;
begin
  for found in
    select c.oid::regclass as name, c.relname as bare,
           string_agg(format('%1$I > ''0001-01-01Z'' and %1$I < ''9999-01-01Z''', a.attname), ' and ' order by a.attnum) as judged
    from pg_catalog.pg_class c join pg_catalog.pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like '\_\_%'
      and a.atttypid = 'timestamptz'::regtype and a.attnum > 0 and not a.attisdropped
    group by c.oid, c.relname
  loop
    execute format('alter table %s add constraint %I check (%s)', found.name, found.bare || '_times_are_read', found.judged);
  end loop;
end $$;

-- Who asks for a deletion stands on it: the program deletes what he wrote himself, or what calls him.
drop policy removal on outbox;
create policy removal on outbox for insert to maxis_member, maxis_staff
  with check (guild_id = (select app.guild_id()) and kind = 'removal' and recipient_id = (select app.user_id())
              and ticket_number is null and message_id is null);

-- The plan that stands on a ticket is one that its opener holds as he opens it, or none.
create policy plan_held on tickets as restrictive for insert to maxis_member, maxis_staff
  with check (plan = 'free'
              or exists (select from entitlements e
                         where e.guild_id = tickets.guild_id and e.user_id = tickets.opener_id and e.plan = tickets.plan
                           and e.revoked_at is null and e.suspended_at is null
                           and e.starts_at <= tickets.created_at and (e.ends_at is null or e.ends_at > tickets.created_at)));

-- A ticket is put before others by a plan when it is opened, or never.
create function app.plan_puts_first() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp
  as $$
begin
  if not app.owns(tg_relid) and new.priority_by_plan and not old.priority_by_plan then
    raise exception 'a plan puts a ticket first as it is opened' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger plan_puts_first before update on tickets for each row execute function app.plan_puts_first();

-- A message takes an id that was given out; one from further on would stop whoever gets it later.
create function app.last_message() returns bigint
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select last_value from public.ticket_messages_id_seq $$;
revoke all on function app.last_message() from public;
grant execute on function app.last_message() to maxis_member, maxis_staff;
create policy id_given on ticket_messages as restrictive for insert to maxis_member, maxis_staff
  with check (id <= (select app.last_message()));

-- What stands in the audit was done: a ticket is opened once; its end, its stars and its going on are as the ticket has them;
-- and nothing was done before there was a ticket. Clocks of several machines differ by less than a minute.
create unique index ticket_audit_one_created on ticket_audit (guild_id, ticket_number) where action = 'created';
create policy as_it_is on ticket_audit as restrictive for insert to maxis_member, maxis_staff
  with check (ticket_number is null
              or exists (select from tickets t where t.guild_id = ticket_audit.guild_id and t.number = ticket_audit.ticket_number
                         and ticket_audit.at >= t.created_at - interval '1 minute'
                         and case ticket_audit.action
                               when 'created' then t.opener_id = ticket_audit.actor_id
                               when 'closed' then t.state = 'closed'
                               when 'resolved' then t.state = 'resolved'
                               when 'reopened' then t.state not in ('resolved', 'closed')
                               when 'rated' then t.rating::text = ticket_audit.new_value
                               else true end));
