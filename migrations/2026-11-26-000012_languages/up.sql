-- The language in which a person was last seen to use Discord in a guild. Discord tells it with interactions only, not with
-- typed messages.
create table languages (
  guild_id bigint not null check (guild_id > 0),
  user_id bigint not null check (user_id > 0),
  locale text not null check (locale in ('fr', 'en')),
  primary key (guild_id, user_id)
);
call app.shut('languages');

-- Everybody keeps his own.
grant select, insert, update (locale) on languages to maxis_member, maxis_staff;
create policy own on languages for select to maxis_member, maxis_staff
  using (guild_id = (select app.guild_id()) and user_id = (select app.user_id()));
create policy own_add on languages for insert to maxis_member, maxis_staff
  with check (guild_id = (select app.guild_id()) and user_id = (select app.user_id()));
create policy own_change on languages for update to maxis_member, maxis_staff
  using (guild_id = (select app.guild_id()) and user_id = (select app.user_id()))
  with check (guild_id = (select app.guild_id()) and user_id = (select app.user_id()));

-- The look-up before an identity is known.
grant select on languages to maxis_accounts;
create policy accounts on languages for select to maxis_accounts
  using ((select app.duty()) = 'accounts');
