-- ticket_list by a member chosen at random.
\set user :first_member + random(0, :members - 1)
\startpipeline
begin;
select set_config('role', 'maxis_member', true), set_config('app.guild_id', :guild, true), set_config('app.user_id', :user, true), set_config('app.rank', '', true), set_config('app.duty', '', true), set_config('statement_timeout', '15s', true);
select t.* from tickets t where t.guild_id = :guild and t.opener_id = :user order by t.number desc limit :limit;
rollback;
\endpipeline
