alter table orders drop column end_failed_at;
