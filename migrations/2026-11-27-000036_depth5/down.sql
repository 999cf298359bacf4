drop policy as_it_is on ticket_audit;
drop index ticket_audit_one_created;
drop policy id_given on ticket_messages;
drop function app.last_message();
drop trigger plan_puts_first on tickets;
drop function app.plan_puts_first();
drop policy plan_held on tickets;
drop policy removal on outbox;
create policy removal on outbox for insert to maxis_member, maxis_staff
  with check (guild_id = (select app.guild_id()) and (select app.user_id()) is not null and kind = 'removal'
              and ticket_number is null and message_id is null and recipient_id is null);
do $$
declare
  found record;
begin
  for found in
    select conrelid::regclass as name, conname from pg_catalog.pg_constraint
    where connamespace = 'public'::regnamespace and conname like '%\_times\_are\_read'
  loop
    execute format('alter table %s drop constraint %I', found.name, found.conname);
  end loop;
end $$;
