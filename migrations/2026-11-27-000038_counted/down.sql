update orders set problem = 'gone' where problem = 'member_limit';
alter table orders drop constraint orders_problem_check;
alter table orders add constraint orders_problem_check
  check (problem in ('amount_differs', 'out_of_stock', 'double', 'gone', 'trial_used', 'in_vain', 'role_gone', 'left'));
alter table orders drop column stock_round;
alter table variants drop column stock_round;
