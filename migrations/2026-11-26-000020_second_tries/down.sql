alter table refunds drop column resends;
alter table orders drop column days;
