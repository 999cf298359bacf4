-- Who is about to be charged for a plan whose role could not be given to him is told once before: by the end of the period for which.
alter table subscriptions add column withheld_told_for timestamptz
  constraint subscriptions_withheld_told_is_read check (withheld_told_for > '0001-01-01Z' and withheld_told_for < '9999-01-01Z');
