alter table giveaways
  drop constraint giveaways_seen_times_are_read,
  drop column moved_to,
  drop column seen_at,
  drop column winners_message_id;
