-- What one delivery to the webhook writes, with the names of an event and an object of its own.
\set event random(1, 9000000000000000000)
\set object random(1, 9000000000000000000)
\startpipeline
begin;
select set_config('role', 'maxis_payments', true), set_config('app.guild_id', '', true), set_config('app.user_id', '', true), set_config('app.rank', '', true), set_config('app.duty', 'payments', true), set_config('statement_timeout', '15s', true);
insert into provider_events (id, kind, object, known, created_at, received_at) values (:event, 'checkout.session.completed', :object, :t, :now, :now) on conflict do nothing;
\endpipeline
\startpipeline
insert into payment_tasks as t (kind, object, guild_id, due_at, created_at) values ('session', :object, null, :now, :now) on conflict (kind, object) do update set version = t.version + 1, state = 'pending', attempts = 0, due_at = case when t.state = 'pending' then least(t.due_at, excluded.due_at) else excluded.due_at end, guild_id = coalesce(t.guild_id, excluded.guild_id), outcome = null, done_at = null;
commit;
\endpipeline
