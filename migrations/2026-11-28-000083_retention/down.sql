drop index ticket_audit_by_time;
drop index shop_audit_by_time;
drop policy privacy on guilds;
revoke select (guild_id) on guilds from maxis_privacy;
drop table retention;
