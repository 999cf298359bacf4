update orders set problem = null where problem = 'trial_used';
alter table orders drop constraint orders_problem_check;
alter table orders add constraint orders_problem_check
  check (problem in ('amount_differs', 'out_of_stock', 'double', 'gone'));
