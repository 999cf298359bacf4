-- Staff's lists of one kind are walked kind by kind: state, category and priority in the index, so that a kind of which there is none costs
-- one look. By urgency, and by when time ends, they always are.
create index tickets_of_kind_updated on tickets (guild_id, state, category, priority, updated_at desc, number desc);
create index tickets_of_kind on tickets (guild_id, state, category, priority, number desc);
create index tickets_of_kind_due on tickets
  (guild_id, state, category, priority, (coalesce(sla_due_at, timestamptz '9999-01-01 00:00:00+00')), number);
drop index tickets_in_state_due;
drop index tickets_in_state_urgent;
-- Few among many: those that missed their time.
create index tickets_breached on tickets (guild_id, state, updated_at desc, number desc) where sla_breached_at is not null;

-- A word that many messages hold was found in the oldest of them, in the order in which they lie there. Now the newest messages are read
-- first; only a word that few of them hold is looked for by the index.
create or replace function app.search_tickets(guild bigint, said text, most integer) returns setof bigint
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp set enable_seqscan = off
  as $$
declare
  wanted tsquery := websearch_to_tsquery('simple'::regconfig, app.without_accents(said));
  found bigint[];
begin
  if guild is distinct from app.guild_id() or app.rank() is null or app.user_id() is null or numnode(wanted) = 0 then
    return;
  end if;
  found := array(select distinct n.ticket_number from (
      select w.ticket_number, w.words from public.ticket_words w where w.guild_id = guild
      order by w.ticket_number desc, w.message_id desc limit 40000) n
    where n.words @@ wanted);
  if cardinality(found) < most then
    found := array(select distinct w.ticket_number from public.ticket_words w
      where w.words @@ (wanted && quote_literal('guild/' || guild)::tsquery) and w.guild_id = guild);
  end if;
  return query select f from unnest(found) f order by 1 desc limit most;
end $$;
