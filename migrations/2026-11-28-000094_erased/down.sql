revoke insert (guild_id, kind, ticket_number, at) on events from maxis_privacy;
