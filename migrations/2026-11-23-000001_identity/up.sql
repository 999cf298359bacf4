-- Identity: the roles a transaction may take and the functions that policies ask.
--
-- Roles belong to the whole cluster, so they may exist already; `down` leaves them.
do $$
declare
  name text;
begin
  foreach name in array array['maxis_member', 'maxis_staff', 'maxis_accounts', 'maxis_worker', 'shellia_app'] loop
    if not exists (select from pg_roles where rolname = name) then
      begin
        execute format('create role %I nologin', name);
      exception when duplicate_object or unique_violation then
        null; -- another database of this cluster migrates at the same time
      end;
    end if;
  end loop;
end $$;

-- The application's logins are members of shellia_app; each transaction takes one of the four narrow roles.
grant maxis_member, maxis_staff, maxis_accounts, maxis_worker to shellia_app;

create schema app;
grant usage on schema app to public;

-- A setting that was used before in a connection is '' and not null: both mean "not set".
create function app.setting(name text) returns text
  language sql stable parallel safe
  as $$ select nullif(current_setting(name, true), '') $$;

-- A claim that Supabase's API verified. Only app_metadata counts: a person can write user_metadata himself.
create function app.claim(name text) returns text
  language sql stable parallel safe
  as $$ select nullif(current_setting('request.jwt.claims', true), '')::jsonb -> 'app_metadata' ->> name $$;

create function app.guild_id() returns bigint
  language sql stable parallel safe
  as $$ select coalesce(app.setting('app.guild_id'), app.claim('guild_id'))::bigint $$;

create function app.user_id() returns bigint
  language sql stable parallel safe
  as $$ select coalesce(app.setting('app.user_id'), app.claim('discord_id'))::bigint $$;

-- Rank and duty are never taken from a claim.
create function app.rank() returns text
  language sql stable parallel safe
  as $$ select app.setting('app.rank') $$;

create function app.duty() returns text
  language sql stable parallel safe
  as $$ select app.setting('app.duty') $$;

-- Shuts a new table: policies for everybody, its owner included, and no grants that a hosting provider gave by default.
create procedure app.shut(target regclass)
  language plpgsql
  as $$
declare
  name text;
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('revoke all on table %s from public', target);
  for name in select rolname from pg_roles where rolname in ('anon', 'authenticated') loop
    execute format('revoke all on table %s from %I', target, name);
  end loop;
end $$;

-- Lets members read their own rows through Supabase's API, where that role exists.
create procedure app.open_to_supabase(target regclass)
  language plpgsql
  as $$
begin
  if exists (select from pg_roles where rolname = 'authenticated') then
    execute format('grant select on table %s to authenticated', target);
  end if;
end $$;

revoke all on procedure app.shut(regclass), app.open_to_supabase(regclass) from public;

-- The migrations' own table belongs to the owner alone (not forced: the owner must read it).
alter table __diesel_schema_migrations enable row level security;
