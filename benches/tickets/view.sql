-- ticket_view by the opener of an open ticket chosen at random.
\set turn random(1, :blocks)
\set number :turn * :block_size
\set user :first_member + :turn % :members
\startpipeline
begin;
select set_config('role', 'maxis_member', true), set_config('app.guild_id', :guild, true), set_config('app.user_id', :user, true), set_config('app.rank', '', true), set_config('app.duty', '', true), set_config('statement_timeout', '15s', true);
select t.*, (select p.name from plans p where p.guild_id = t.guild_id and p.code = t.plan) as plan_name, (select count(*) from ticket_messages c where c.guild_id = t.guild_id and c.ticket_number = t.number and c.kind <> 'note') as total, (select coalesce(jsonb_agg(m order by m.id), '[]') from ( select n.id, n.author_id, n.author_name, n.kind, n.from_staff, n.body, n.created_at from ticket_messages n where n.guild_id = t.guild_id and n.ticket_number = t.number and n.kind <> 'note' order by n.id desc limit :page offset :start) m) as messages, (select coalesce(jsonb_agg(f order by f.id), '[]') from ( select a.id, a.message_id, a.file_name, a.size_bytes, a.state from ticket_attachments a where a.guild_id = t.guild_id and a.ticket_number = t.number and not a.internal order by a.id desc limit 100) f) as files, '[]'::jsonb as deliveries, exists (select from ticket_calls k where k.guild_id = t.guild_id and k.ticket_number = t.number) as called from tickets t where t.guild_id = :guild and t.number = :number and t.opener_id = :user;
rollback;
\endpipeline
