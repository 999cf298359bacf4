alter table orders drop column before_minor;
