-- Staff's lists of one kind are walked kind by kind: state, category and priority in the index, so that a kind of which there is none costs
-- one look. By urgency, and by when time ends, they always are.
create index tickets_of_kind_updated on tickets (guild_id, state, category, priority, updated_at desc, number desc);
create index tickets_of_kind on tickets (guild_id, state, category, priority, number desc);
create index tickets_of_kind_due on tickets
  (guild_id, state, category, priority, (coalesce(sla_due_at, timestamptz '9999-01-01 00:00:00+00')), number);
drop index tickets_in_state_due;
drop index tickets_in_state_urgent;
-- Few among many: those that missed their time.
create index tickets_breached on tickets (guild_id, state, updated_at desc, number desc) where sla_breached_at is not null;
