-- ticket_reply by the opener of an open ticket chosen at random.
\set turn random(1, :blocks)
\set wanted :turn * :block_size
\set user :first_member + :turn % :members
\set request random(1, 9000000000000000000)
begin;
select set_config('role', 'maxis_member', true), set_config('app.guild_id', :guild, true), set_config('app.user_id', :user, true), set_config('app.rank', '', true), set_config('app.duty', '', true), set_config('statement_timeout', '15s', true);
select t.*, nextval('ticket_messages_id_seq') as message_id, (select coalesce(sum(a.size_bytes), 0)::bigint from ticket_attachments a where a.guild_id = t.guild_id and a.opener_id = t.opener_id and a.state in ('pending', 'stored')) as stored_bytes from tickets t where t.guild_id = :guild and t.number = :wanted and t.opener_id = coalesce(:user, t.opener_id) for update of t \gset
\startpipeline
update tickets set state = 'in_progress', updated_at = :now, sla_due_at = :sla_due_at, sla_left_ms = null, sla_reminder_at = :sla_reminder_at, sla_reminded = :f, resolved_at = null, closed_at = null, closed_by = null, close_reason = null, auto_close_at = null, rating = null, rated_at = null where guild_id = :guild and number = :number;
insert into ticket_messages (guild_id, ticket_number, id, opener_id, author_id, author_name, kind, from_staff, body, created_at) values (:guild, :number, :message_id, :user, :user, 'Marie', 'reply', :f, :body, :now);
insert into ticket_audit (guild_id, ticket_number, actor_id, action, old_value, new_value, at) values (:guild, :number, :user, 'replied', 'in_progress', 'in_progress', :now);
insert into events (guild_id, kind, ticket_number, actor_id, at) values (:guild, 'replied', :number, :user, :now);
insert into outbox (guild_id, kind, ticket_number, message_id, recipient_id, due_at, created_at) values (:guild, 'card', :number, null, null, :now, :now);
insert into answers (guild_id, user_id, request, reply, created_at) values (:guild, :user, :request, :answer, :now);
commit;
\endpipeline
