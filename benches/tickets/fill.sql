-- Fills empty tables as the owner, in bulk. Foreign keys hold by construction, so their triggers are left out.
begin;
set local session_replication_role = replica;
set local synchronous_commit = off;
truncate guilds, staff_roles, category_agents, tickets, ticket_messages, ticket_attachments, ticket_audit,
         ticket_counters, outbox, ticket_cards, events, answers, languages cascade;

insert into guilds (guild_id, name, created_at, updated_at) values (:guild, 'Bench', now(), now());
insert into ticket_counters (guild_id, last_number) values (:guild, :tickets);
-- Everybody was heard before, as the members of a living guild: a language is written down once.
insert into languages (guild_id, user_id, locale) select :guild, :first_member + n, 'fr' from generate_series(0, :members - 1) n;

-- Blocks of tickets of one member: all closed but the one whose number the block's size divides. No clock is due soon,
-- so that a role that runs on this data has nothing to do by itself.
insert into tickets (guild_id, number, opener_id, opener_name, opener_locale, plan, subject, category, priority, state,
                     created_at, updated_at, first_response_at, sla_due_at, sla_left_ms, sla_reminder_at,
                     resolved_at, closed_at, closed_by)
select :guild, n, :first_member + (n / :block) % :members, 'Marie ' || (n / :block) % :members, 'fr', 'free',
       'Paiement refusé, commande ' || n,
       (array['general', 'billing', 'technical', 'bug', 'account', 'feature_request'])[1 + n % 6],
       (array['critical', 'high', 'medium', 'low'])[1 + (n / :block) % 4],
       case when n % :block = 0 then 'in_progress' else 'closed' end,
       at, at + interval '1 hour', at + interval '20 minutes',
       case when n % :block = 0 then now() + interval '30 days' end,
       case when n % :block = 0 then null else 3600000 end,
       case when n % :block = 0 then now() + interval '29 days' end,
       case when n % :block = 0 then null else at + interval '50 minutes' end,
       case when n % :block = 0 then null else at + interval '1 hour' end,
       case when n % :block = 0 then null else 42 end
from generate_series(1, :tickets) n, lateral (select now() - (:tickets - n) * interval '20 seconds' as at) t;

-- One to five messages, three in the mean: the description, then answers in turn, the fourth a note among staff.
insert into ticket_messages (guild_id, ticket_number, opener_id, author_id, author_name, kind, from_staff, body, created_at)
select :guild, n, opener, case when k % 2 = 0 then 42 else opener end, case when k % 2 = 0 then 'Sam' else 'Marie' end,
       case k when 1 then 'opening' when 4 then 'note' else 'reply' end, k % 2 = 0,
       'Message ' || k || ' du ticket ' || n || ' : ma carte est refusée au moment de payer, que dois-je faire ? '
         || repeat(md5(n::text || k), 1 + n % 7),
       now() - (:tickets - n) * interval '20 seconds' + k * interval '5 minutes'
from generate_series(1, :tickets) n, lateral (select :first_member + (n / :block) % :members as opener) t,
     lateral generate_series(1, 1 + n % 5) k;

insert into ticket_audit (guild_id, ticket_number, actor_id, action, old_value, new_value, at)
select guild_id, ticket_number, author_id, case kind when 'opening' then 'created' else 'replied' end, null, null, created_at
from ticket_messages order by id;
commit;
