-- ticket_create by a member chosen at random.
\set user :first_member + random(0, :members - 1)
\set request random(1, 9000000000000000000)
begin;
select set_config('role', 'maxis_member', true), set_config('app.guild_id', :guild, true), set_config('app.user_id', :user, true), set_config('app.rank', '', true), set_config('app.duty', '', true), set_config('statement_timeout', '15s', true);
with allowed as ( select :guild::bigint as guild where null::bigint is null or null > ( select count(*) from tickets o where o.guild_id = :guild and o.opener_id = :user and o.state not in ('resolved', 'closed'))), counter as ( insert into ticket_counters as c (guild_id, last_number) select guild, 1 from allowed on conflict (guild_id) do update set last_number = c.last_number + 1 returning last_number), agent as ( select max(a.agent_id) as id from category_agents a where a.guild_id = :guild and a.category = 'billing' and a.agent_id <> :user), opened as ( insert into tickets (guild_id, number, opener_id, opener_name, opener_locale, plan, subject, category, priority, state, assignee_id, created_at, updated_at, sla_due_at, sla_reminder_at) select :guild, counter.last_number, :user, 'Marie', 'fr', coalesce((select p.code from entitlements e join plans p on p.guild_id = e.guild_id and p.code = e.plan where e.guild_id = :guild and e.user_id = :user and e.revoked_at is null and e.suspended_at is null and e.starts_at <= :now and (e.ends_at is null or e.ends_at > :now) order by p.level desc limit 1), 'free'), :subject, 'billing', 'high', case when agent.id is null then 'open' else 'in_progress' end, agent.id, :now, :now, :due, :due from counter, agent returning *) select opened.*, nextval('ticket_messages_id_seq') as message_id, (select coalesce(sum(a.size_bytes), 0)::bigint from ticket_attachments a where a.guild_id = opened.guild_id and a.opener_id = opened.opener_id and a.state in ('pending', 'stored')) as stored_bytes from opened \gset
\startpipeline
insert into ticket_messages (guild_id, ticket_number, id, opener_id, author_id, author_name, kind, from_staff, body, created_at) values (:guild, :number, :message_id, :user, :user, 'Marie', 'opening', :f, :body, :now);
insert into ticket_audit (guild_id, ticket_number, actor_id, action, old_value, new_value, at) values (:guild, :number, :user, 'created', null, 'billing high', :now);
insert into events (guild_id, kind, ticket_number, actor_id, at) values (:guild, 'created', :number, :user, :now);
insert into outbox (guild_id, kind, ticket_number, message_id, recipient_id, due_at, created_at) values (:guild, 'card', :number, null, null, :now, :now);
insert into answers (guild_id, user_id, request, reply, created_at) values (:guild, :user, :request, :answer, :now);
commit;
\endpipeline
