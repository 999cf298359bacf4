drop table milestones, milestone_watches;
alter table giveaways drop constraint giveaways_also, drop column also_plan, drop column also_days, drop column also_role;
