-- Orders that a bank looks into, for the panel's list of what waits for staff: few among many.
create index orders_disputed on orders (guild_id, number desc) where dispute = 'open';
