-- How long a guild keeps what, where it chose otherwise than the installation.
create table retention (
  guild_id bigint not null references guilds on delete cascade,
  what text not null check (what in ('tickets', 'files', 'audit')),
  -- Null: without limit.
  days integer check (days between 30 and 3650),
  set_by bigint not null check (set_by > 0),
  set_at timestamptz not null,
  primary key (guild_id, what),
  constraint retention_times_are_read check (set_at > '0001-01-01Z' and set_at < '9999-01-01Z')
);
call app.shut('retention');
grant select, insert, update on retention to maxis_staff;
create policy operator on retention to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator')
  with check (guild_id = (select app.guild_id()) and (select app.rank()) = 'operator' and set_by = (select app.user_id()));

grant select on retention to maxis_privacy, maxis_worker;
create policy privacy on retention for select to maxis_privacy using ((select app.duty()) = 'privacy');
create policy schedule on retention for select to maxis_worker using ((select app.duty()) = 'schedule');

-- What is over time is looked for guild by guild.
grant select (guild_id) on guilds to maxis_privacy;
create policy privacy on guilds for select to maxis_privacy using ((select app.duty()) = 'privacy');

create index shop_audit_by_time on shop_audit (guild_id, at);
create index ticket_audit_by_time on ticket_audit (guild_id, at);
