-- Pages that show a ticket hear that it was erased, as of every other change: the event names the ticket and nobody.
grant insert (guild_id, kind, ticket_number, at) on events to maxis_privacy;
