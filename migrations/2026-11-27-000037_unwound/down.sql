drop table reclaims;
delete from payment_tasks where kind = 'reclaim';
alter table payment_tasks drop constraint payment_tasks_kind_check;
alter table payment_tasks add constraint payment_tasks_kind_check
  check (kind in ('session', 'subscription', 'payment', 'refund', 'expire', 'cancel'));
alter table invoices drop column credit_minor;
alter table subscriptions drop column owes;
