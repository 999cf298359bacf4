-- Roles that follow what is held: whose a role is, and what staff were told of one that can't be given.

alter table granted_roles
  -- Whether the program gave it, or was about to: only such a role is ever taken.
  add column ours boolean not null default false,
  drop constraint granted_roles_state_check,
  -- refused: Discord gives it to nobody by hand (the role of a bot or of an integration).
  add constraint granted_roles_state_check
    check (state in ('given', 'no_permission', 'too_low', 'refused', 'gone', 'left', 'waiting'));

-- Staff are told once of a role that only they can mend, until it is mended or something else is in the way.
create table role_alerts (
  guild_id bigint not null references guilds on delete cascade,
  role_id bigint not null check (role_id > 0),
  why text not null check (why in ('no_permission', 'too_low', 'refused', 'gone')),
  at timestamptz not null,
  primary key (guild_id, role_id)
);
call app.shut('role_alerts');
grant select on role_alerts to maxis_staff;
create policy staff_read on role_alerts for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
grant select, insert, update, delete on role_alerts to maxis_payments;
create policy payments on role_alerts to maxis_payments
  using ((select app.duty()) = 'payments') with check ((select app.duty()) = 'payments');

-- The role that an alert is about; and the pending notices of a person's roles, of which one is worked on at a time.
alter table outbox add column role_id bigint check (role_id > 0);
create index outbox_of_person on outbox (guild_id, recipient_id, id) where kind = 'roles' and state = 'pending';
