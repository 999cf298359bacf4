-- What the panel needs beside the tickets: one ticket of many messages, and the words that are searched for. As the owner, in bulk.
begin;
set local session_replication_role = replica;
set local synchronous_commit = off;
insert into ticket_messages (guild_id, ticket_number, opener_id, author_id, author_name, kind, from_staff, body, created_at)
select guild_id, number, opener_id, case when k % 2 = 0 then 42 else opener_id end, case when k % 2 = 0 then 'Sam' else 'Marie' end,
       'reply', k % 2 = 0, 'Suite ' || k || ' : ' || repeat('je joins ce que j''ai vu. ', 1 + k % 9), created_at + k * interval '1 second'
from tickets, generate_series(1, :messages) k where guild_id = :guild and number = :ticket;
drop index ticket_words_found;
insert into ticket_words (guild_id, ticket_number, message_id, words)
select m.guild_id, m.ticket_number, m.id,
       app.words_of(m.guild_id, case m.kind when 'opening' then t.subject || ' ' || m.body else m.body end)
from ticket_messages m join tickets t on t.guild_id = m.guild_id and t.number = m.ticket_number;
create index ticket_words_found on ticket_words using gin (words);
commit;
