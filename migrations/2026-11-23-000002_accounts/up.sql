-- Guilds, their settings, the roles that make someone staff, and who gets which category.
create table guilds (
  guild_id bigint primary key check (guild_id > 0),
  name text not null default '' check (length(name) <= 200),
  locale text not null default 'fr' check (locale in ('fr', 'en')),
  time_zone text not null default 'Europe/Paris' check (length(time_zone) <= 64),
  support_channel_id bigint check (support_channel_id > 0),
  staff_channel_id bigint check (staff_channel_id > 0),
  created_at timestamptz not null,
  updated_at timestamptz not null
);
call app.shut('guilds');

create table staff_roles (
  guild_id bigint not null references guilds on delete cascade,
  role_id bigint not null check (role_id > 0),
  rank text not null check (rank in ('support', 'operator')),
  primary key (guild_id, role_id, rank)
);
call app.shut('staff_roles');

create table category_agents (
  guild_id bigint not null references guilds on delete cascade,
  category text not null check (category in ('general', 'billing', 'technical', 'bug', 'account', 'feature_request')),
  agent_id bigint not null check (agent_id > 0),
  primary key (guild_id, category)
);
call app.shut('category_agents');

-- The look-up before an identity is known.
grant select, insert, update on guilds to maxis_accounts;
grant select, insert on staff_roles to maxis_accounts;
grant select on category_agents to maxis_accounts;
create policy accounts on guilds to maxis_accounts
  using ((select app.duty()) = 'accounts') with check ((select app.duty()) = 'accounts');
create policy accounts on staff_roles to maxis_accounts
  using ((select app.duty()) = 'accounts') with check ((select app.duty()) = 'accounts');
create policy accounts on category_agents to maxis_accounts
  using ((select app.duty()) = 'accounts');

-- Staff read their guild's settings; operators change them.
grant select, update on guilds to maxis_staff;
grant select, insert, delete on staff_roles to maxis_staff;
grant select, insert, update, delete on category_agents to maxis_staff;
create policy staff_read on guilds for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
create policy operator_write on guilds for update to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator');
create policy staff_read on staff_roles for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
create policy operator_add on staff_roles for insert to maxis_staff
  with check (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator');
create policy operator_remove on staff_roles for delete to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator');
create policy staff_read on category_agents for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
create policy operator_write on category_agents to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator')
  with check (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator');
