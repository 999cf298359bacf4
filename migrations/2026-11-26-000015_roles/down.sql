drop index outbox_of_person;
alter table outbox drop column role_id;
drop table role_alerts;
delete from granted_roles where state = 'refused';
alter table granted_roles
  drop constraint granted_roles_state_check,
  add constraint granted_roles_state_check check (state in ('given', 'no_permission', 'too_low', 'gone', 'left', 'waiting')),
  drop column ours;
