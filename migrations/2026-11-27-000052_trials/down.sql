drop index subscriptions_on_trial;
alter table subscriptions drop column trial_reminded_for;
