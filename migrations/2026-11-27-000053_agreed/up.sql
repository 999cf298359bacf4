-- The version of the text that was agreed to with a change of plan, which is delivered at once; its time is the change's.
alter table subscription_changes add column consent_version text check (length(consent_version) <= 20);
