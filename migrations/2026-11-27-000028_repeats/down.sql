drop table giveaway_repeats;
