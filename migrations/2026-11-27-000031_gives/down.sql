drop index orders_giving_role;
alter table orders drop constraint orders_give, drop column gives_plan, drop column gives_role_id;
