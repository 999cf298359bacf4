delete from outbox where kind = 'removal';
alter table outbox drop constraint outbox_removal, drop column posted_channel_id, drop column posted_message_id;
