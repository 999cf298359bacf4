alter table subscriptions drop column withheld_told_for;
