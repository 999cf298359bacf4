-- A message in Discord that is to be deleted: a typed command whose files have been copied, or that could not be deleted at
-- once. Policies and grants are those of the outbox: whoever may queue a notice may queue this one.

alter table outbox
  add column posted_channel_id bigint check (posted_channel_id > 0),
  add column posted_message_id bigint check (posted_message_id > 0),
  add constraint outbox_removal check (
    (kind = 'removal') = (posted_message_id is not null)
    and (posted_channel_id is null) = (posted_message_id is null));
