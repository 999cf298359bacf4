-- Who tries a plan is reminded once before its trial ends and is charged: by the end of the trial for which.
alter table subscriptions add column trial_reminded_for timestamptz
  constraint subscriptions_reminder_is_read check (trial_reminded_for > '0001-01-01Z' and trial_reminded_for < '9999-01-01Z');
create index subscriptions_on_trial on subscriptions (trial_end) where state = 'trialing';
