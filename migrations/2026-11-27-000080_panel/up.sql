-- The admin panel: who is signed in, the one-time links that let an operator in without Discord, and who came in how.

create table panel_sessions (
  id bigint generated always as identity primary key,
  -- SHA-256 of the token in the browser's cookie, which stands nowhere.
  token_hash bytea not null unique check (length(token_hash) = 32),
  user_id bigint not null check (user_id > 0),
  name text not null check (length(name) between 1 and 100),
  avatar text check (length(avatar) <= 100),
  locale text not null check (locale in ('fr', 'en')),
  via text not null check (via in ('discord', 'link')),
  -- Of a session that a link opened: the one guild in which it counts.
  guild_id bigint check (guild_id > 0),
  browser text not null check (length(browser) <= 100),
  made_at timestamptz not null,
  seen_at timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  check ((via = 'link') = (guild_id is not null)),
  constraint panel_sessions_times_are_read check (
    made_at > '0001-01-01Z' and made_at < '9999-01-01Z' and seen_at > '0001-01-01Z' and seen_at < '9999-01-01Z'
    and ends_at > '0001-01-01Z' and ends_at < '9999-01-01Z' and ended_at > '0001-01-01Z' and ended_at < '9999-01-01Z')
);
call app.shut('panel_sessions');
create index panel_sessions_of_user on panel_sessions (user_id, id);
create index panel_sessions_over on panel_sessions (ends_at);

create table panel_links (
  id bigint generated always as identity primary key,
  token_hash bytea not null unique check (length(token_hash) = 32),
  guild_id bigint not null references guilds on delete cascade,
  user_id bigint not null check (user_id > 0),
  made_at timestamptz not null,
  ends_at timestamptz not null,
  used_at timestamptz,
  constraint panel_links_times_are_read check (
    made_at > '0001-01-01Z' and made_at < '9999-01-01Z' and ends_at > '0001-01-01Z' and ends_at < '9999-01-01Z'
    and used_at > '0001-01-01Z' and used_at < '9999-01-01Z')
);
call app.shut('panel_links');

-- Each try to sign in: nobody is named where it isn't known who it was.
create table panel_sign_ins (
  id bigint generated always as identity primary key,
  user_id bigint check (user_id > 0),
  guild_id bigint check (guild_id > 0),
  via text not null check (via in ('discord', 'link')),
  -- 'in', or why not.
  outcome text not null check (outcome in ('in', 'denied', 'expired', 'discord', 'nobody', 'busy')),
  -- From where: the network, not the machine.
  network text not null check (length(network) <= 50),
  at timestamptz not null,
  constraint panel_sign_ins_times_are_read check (at > '0001-01-01Z' and at < '9999-01-01Z')
);
call app.shut('panel_sign_ins');
create index panel_sign_ins_at on panel_sign_ins (at);

-- Before it is known who somebody is.
grant select, insert, delete on panel_sessions to maxis_accounts;
grant update (seen_at, ends_at, ended_at) on panel_sessions to maxis_accounts;
grant select, insert, delete on panel_links to maxis_accounts;
grant update (used_at) on panel_links to maxis_accounts;
grant select (at), insert, delete on panel_sign_ins to maxis_accounts;
create policy panel on panel_sessions to maxis_accounts
  using ((select app.duty()) = 'panel') with check ((select app.duty()) = 'panel');
create policy panel on panel_links to maxis_accounts
  using ((select app.duty()) = 'panel') with check ((select app.duty()) = 'panel');
create policy panel on panel_sign_ins to maxis_accounts
  using ((select app.duty()) = 'panel') with check ((select app.duty()) = 'panel');

-- A person sees and ends his own, whichever guild he looks at; never what its cookie is known by.
grant select (id, user_id, via, guild_id, browser, made_at, seen_at, ends_at, ended_at), update (ended_at)
  on panel_sessions to maxis_member;
create policy own on panel_sessions for select to maxis_member using (user_id = (select app.user_id()));
create policy end_own on panel_sessions for update to maxis_member
  using (user_id = (select app.user_id())) with check (user_id = (select app.user_id()) and ended_at is not null);
