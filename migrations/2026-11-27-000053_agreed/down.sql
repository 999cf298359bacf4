alter table subscription_changes drop column consent_version;
