-- What is wrong with the login or the database, the gravest first; read by `db::login`, which gives each word its meaning.
-- A role that the login may switch to counts like the login itself. Our tables are those that our roles may use, our roles
-- those that shellia_app is a member of: others may share the schema.
with recursive
  reached as (select * from pg_roles r where pg_has_role(current_user, r.oid, 'MEMBER')),
  ours as (select m.roleid as oid from pg_auth_members m join pg_roles a on a.oid = m.member where a.rolname = 'shellia_app'),
  relations as (select c.* from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public'),
  grants as (
    select c.oid as relid, a.grantee, a.privilege_type from relations c, aclexplode(c.relacl) a where c.relkind in ('r', 'p')
    union
    select c.oid, a.grantee, a.privilege_type from relations c join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a
    where c.relkind in ('r', 'p')),
  tables as (select * from relations c where c.oid in (select g.relid from grants g join ours o on o.oid = g.grantee)),
  -- What looks at our tables, through other views too.
  behind as (
    select oid from tables
    union
    select w.ev_class from behind b
    join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = b.oid and d.classid = 'pg_rewrite'::regclass
    join pg_rewrite w on w.oid = d.objid),
  owners as (
    select relowner as oid from relations where relkind in ('r', 'p', 'S', 'v', 'm')
    union select p.proowner from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'app'
    union select n.nspowner from pg_namespace n where n.nspname in ('public', 'app')
    union select d.datdba from pg_database d where d.datname = current_database()),
  found (rank, problem, about) as (
    select 1, 'superuser', rolname from reached where rolsuper
    union all select 2, 'bypasses', rolname from reached where rolbypassrls
    union all select 3, 'owner', rolname from reached join owners using (oid)
    union all select 4, 'makes roles', rolname from reached where rolcreaterole
    union all select 5, 'replicates', rolname from reached where rolreplication
    union all select 6, 'reaches server', rolname from reached where rolname in
      ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files', 'pg_read_all_data', 'pg_write_all_data')
    union all select 7, 'not migrated', null where to_regclass('public.tickets') is null
    union all select 8, 'no member', null where not exists (select from reached where rolname = 'shellia_app')
    union all select 9, 'unprotected', relname from tables where not (relrowsecurity and relforcerowsecurity)
    -- 0 is everybody. TRUNCATE passes by row-level security; a trigger runs in other people's transactions.
    union all select 10, 'direct', t.relname from tables t join grants g on g.relid = t.oid
      where (g.grantee = 0 or g.grantee in (select oid from reached))
        and (g.grantee not in (select oid from ours) or g.privilege_type in ('TRUNCATE', 'TRIGGER', 'REFERENCES'))
    -- A view asks as its owner unless it says otherwise, a materialized view was filled as its owner.
    union all select 11, 'view', c.relname from pg_class c join behind b on b.oid = c.oid
      where c.relkind in ('v', 'm')
        and not (c.relkind = 'v' and coalesce(array_to_string(c.reloptions, ','), '') ~* 'security_invoker=(true|on|yes|1)')
        and exists (select from reached r where has_any_column_privilege(r.oid, c.oid, 'select, insert, update')
                                             or has_table_privilege(r.oid, c.oid, 'delete'))
    -- Those of the schema app are the migrations'; what an extension brought is the extension's to answer for.
    union all select 12, 'definer', p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = 'public' and p.prosecdef and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
        and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
        and exists (select from reached r where has_function_privilege(r.oid, p.oid, 'execute'))
    union all select 13, 'trigger off', t.relname from tables t join pg_trigger g on g.tgrelid = t.oid
      where g.tgenabled in ('D', 'R'))
select problem, about::text as about from found order by rank, about limit 1
