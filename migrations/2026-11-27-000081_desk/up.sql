-- What the panel needs of tickets: lists in other orders than the number's, words to search, canned replies, saved views.

-- One for each order of staff's list within a state, which is how it is walked.
create index tickets_in_state_updated on tickets (guild_id, state, updated_at desc, number desc);
create index tickets_in_state_due on tickets (guild_id, state, (coalesce(sla_due_at, timestamptz '9999-01-01 00:00:00+00')), number);
create index tickets_in_state_urgent on tickets
  (guild_id, state, (case priority when 'critical' then 0 when 'high' then 1 when 'medium' then 2 else 3 end), number);

-- The words of messages, and of the subject with the opening one. A policy keeps operators that aren't leakproof, as those of full
-- text, from an index: so this table is nobody's but its owner's, and is asked by a function that asks who asks. What the function
-- gives are numbers of tickets, which mean nothing without the tickets' own policies.
create table ticket_words (
  guild_id bigint not null,
  ticket_number bigint not null,
  message_id bigint not null,
  words tsvector not null,
  primary key (guild_id, ticket_number, message_id),
  foreign key (guild_id, ticket_number, message_id) references ticket_messages on delete cascade
);
call app.shut('ticket_words');
create policy owner on ticket_words to current_user using (true) with check (true);
create index ticket_words_found on ticket_words using gin (words);

-- Without accents and case, as people type; each guild's words bear its mark, so that the index alone tells guilds apart.
create function app.without_accents(said text) returns text
  language sql immutable parallel safe set search_path = pg_catalog
  as $$
    select translate(replace(replace(lower(said), 'œ', 'oe'), 'æ', 'ae'),
      'àâäáãåçéèêëíìîïñóòôöõúùûüýÿ', 'aaaaaaceeeeiiiinooooouuuuyy')
  $$;
create function app.words_of(guild bigint, said text) returns tsvector
  language sql immutable parallel safe set search_path = pg_catalog
  as $$ select to_tsvector('simple'::regconfig, app.without_accents(said)) || array_to_tsvector(array['guild/' || guild]) $$;

create function app.note_words() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
  as $$
begin
  insert into public.ticket_words (guild_id, ticket_number, message_id, words)
    values (new.guild_id, new.ticket_number, new.id, app.words_of(new.guild_id, case new.kind
      when 'opening' then coalesce((select t.subject from public.tickets t where t.guild_id = new.guild_id
                                    and t.number = new.ticket_number and t.opener_id = new.opener_id), '') || ' ' || new.body
      else new.body end));
  return new;
end $$;
create trigger note_words after insert on ticket_messages for each row execute function app.note_words();

-- The newest of a guild's tickets that hold all these words; for staff of that guild, whoever names it.
create function app.search_tickets(guild bigint, said text, most integer) returns setof bigint
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
revoke all on function app.search_tickets(bigint, text, integer), app.note_words() from public;
grant execute on function app.search_tickets(bigint, text, integer) to maxis_staff;

-- The words of what is there: the tables' owner is bound by their policies like anybody.
alter table ticket_messages no force row level security;
alter table tickets no force row level security;
insert into ticket_words (guild_id, ticket_number, message_id, words)
  select m.guild_id, m.ticket_number, m.id,
         app.words_of(m.guild_id, case m.kind when 'opening' then t.subject || ' ' || m.body else m.body end)
  from ticket_messages m join tickets t on t.guild_id = m.guild_id and t.number = m.ticket_number;
alter table ticket_messages force row level security;
alter table tickets force row level security;

create table canned_replies (
  guild_id bigint not null references guilds on delete cascade,
  id bigint generated always as identity,
  title text not null check (length(title) between 1 and 100),
  body text not null check (length(body) between 1 and 4000),
  made_by bigint not null check (made_by > 0),
  updated_at timestamptz not null,
  primary key (guild_id, id),
  constraint canned_replies_times_are_read check (updated_at > '0001-01-01Z' and updated_at < '9999-01-01Z')
);
call app.shut('canned_replies');
create policy staff on canned_replies to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null)
  with check (guild_id = (select app.guild_id()) and (select app.rank()) is not null and made_by = (select app.user_id()));
grant select, delete, insert (guild_id, title, body, made_by, updated_at), update (title, body, made_by, updated_at)
  on canned_replies to maxis_staff;

create table saved_views (
  guild_id bigint not null references guilds on delete cascade,
  user_id bigint not null check (user_id > 0),
  id bigint generated always as identity,
  name text not null check (length(name) between 1 and 100),
  query text not null check (length(query) <= 1000),
  primary key (guild_id, user_id, id)
);
call app.shut('saved_views');
create policy own on saved_views to maxis_staff
  using (guild_id = (select app.guild_id()) and user_id = (select app.user_id()) and (select app.rank()) is not null)
  with check (guild_id = (select app.guild_id()) and user_id = (select app.user_id()) and (select app.rank()) is not null);
grant select, delete, insert (guild_id, user_id, name, query) on saved_views to maxis_staff;

-- Who did what the event log tells: for the panel's own duty, which lets staff of that guild know; whoever else follows the log is told
-- of nobody.
grant select (id, actor_id) on events to maxis_accounts;
create policy panel on events for select to maxis_accounts using ((select app.duty()) = 'panel');
