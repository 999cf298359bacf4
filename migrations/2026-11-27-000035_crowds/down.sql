drop trigger entries_are_counted on giveaway_entries;
drop function app.entries_are_counted();
drop table giveaway_crowds;
