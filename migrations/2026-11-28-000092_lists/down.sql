create or replace function app.search_tickets(guild bigint, said text, most integer) returns setof bigint
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$
declare
  wanted tsquery := websearch_to_tsquery('simple'::regconfig, app.without_accents(said));
begin
  if guild is distinct from app.guild_id() or app.rank() is null or app.user_id() is null or numnode(wanted) = 0 then
    return;
  end if;
  return query
    select distinct f.ticket_number from (
      select w.ticket_number from public.ticket_words w
      where w.words @@ (wanted && quote_literal('guild/' || guild)::tsquery) and w.guild_id = guild
      limit 20000) f
    order by 1 desc limit most;
end $$;
drop index tickets_of_kind_updated, tickets_of_kind, tickets_of_kind_due, tickets_breached;
create index tickets_in_state_due on tickets (guild_id, state, (coalesce(sla_due_at, timestamptz '9999-01-01 00:00:00+00')), number);
create index tickets_in_state_urgent on tickets
  (guild_id, state, (case priority when 'critical' then 0 when 'high' then 1 when 'medium' then 2 else 3 end), number);
