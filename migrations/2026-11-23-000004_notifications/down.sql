drop table answers;
drop table events;
drop table ticket_cards;
drop table outbox;
drop policy schedule on guilds;
revoke select (guild_id, staff_channel_id) on guilds from maxis_worker;
