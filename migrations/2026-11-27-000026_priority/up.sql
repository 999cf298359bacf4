-- Whether a ticket has its priority because of the plan that its opener held: staff are told, until they choose another.
alter table tickets add column priority_by_plan boolean not null default false,
  add constraint tickets_priority_by_plan check (not priority_by_plan or priority = 'high');
grant insert (priority_by_plan) on tickets to maxis_member, maxis_staff;
grant update (priority_by_plan) on tickets to maxis_staff;
