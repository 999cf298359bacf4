-- A claim runs out by what winners could read, not by the clock alone; and a giveaway goes on where its channel is gone.

alter table giveaways
  -- The newest message that names winners and bears the button by which they claim.
  add column winners_message_id bigint check (winners_message_id > 0),
  -- When the card, later that message, was last found where it was posted.
  add column seen_at timestamptz,
  -- Where it goes on after its list was frozen. The draw keeps the channel in which it was committed to.
  add column moved_to bigint check (moved_to > 0),
  add constraint giveaways_seen_times_are_read check (seen_at > '0001-01-01Z' and seen_at < '9999-01-01Z');
