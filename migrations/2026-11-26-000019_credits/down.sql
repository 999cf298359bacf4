drop index orders_to_remind, orders_reminded;
alter table orders drop column reminded_at;
drop table credit_uses;
