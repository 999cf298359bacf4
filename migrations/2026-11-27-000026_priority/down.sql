alter table tickets drop column priority_by_plan;
