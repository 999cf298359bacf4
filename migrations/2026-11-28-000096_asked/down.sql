drop policy from_privacy on events;
