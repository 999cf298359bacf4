drop table giveaway_log, giveaway_places, giveaway_entries, giveaway_secrets, giveaways, giveaway_counters;
drop function app.entries_are_open();
