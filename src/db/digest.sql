-- Everything that the migrations made to bind the login, as one digest; read by `db::seal` with an empty search path, so that
-- each name is written with its schema. Our tables are those that our roles may use.
with
  ours as (
    select r.oid, r.rolname from pg_auth_members m join pg_roles a on a.oid = m.member join pg_roles r on r.oid = m.roleid
    where a.rolname = 'shellia_app'),
  relations as (
    select c.* from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p')),
  grants as (
    select c.oid as relid, '' as of_column, o.rolname, a.privilege_type, a.is_grantable
    from relations c, aclexplode(c.relacl) a join ours o on o.oid = a.grantee
    union all
    select c.oid, t.attname::text, o.rolname, a.privilege_type, a.is_grantable
    from relations c join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a join ours o on o.oid = a.grantee),
  tables as (select * from relations where oid in (select relid from grants)),
  lines (line) as (
    select concat_ws('|', 'table', relname, relrowsecurity, relforcerowsecurity) from tables
    union all
    select concat_ws('|', 'grant', t.relname, g.of_column, g.rolname, g.privilege_type, g.is_grantable)
    from grants g join tables t on t.oid = g.relid
    union all
    select concat_ws('|', 'policy', p.tablename, p.policyname, p.permissive, p.cmd, array_to_string(p.roles, ','),
                     coalesce(p.qual, ''), coalesce(p.with_check, ''))
    from pg_policies p where p.schemaname = 'public' and p.tablename in (select relname from tables)
    union all
    select concat_ws('|', 'trigger', t.relname, g.tgenabled, pg_get_triggerdef(g.oid))
    from pg_trigger g join tables t on t.oid = g.tgrelid where not g.tgisinternal
    union all
    select concat_ws('|', 'function', p.oid::regprocedure, p.prosecdef, coalesce(array_to_string(p.proconfig, ','), ''), p.prosrc)
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'app')
select concat_ws(' ', 'shellia 1', current_setting('server_version_num')::int / 10000,
                 encode(sha256(convert_to(string_agg(line, E'\n' order by line collate "C"), 'UTF8')), 'hex')) as present,
       obj_description(to_regnamespace('app'), 'pg_namespace') as kept
from lines
