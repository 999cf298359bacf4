drop index tickets_of_kind_updated, tickets_of_kind, tickets_of_kind_due, tickets_breached;
create index tickets_in_state_due on tickets (guild_id, state, (coalesce(sla_due_at, timestamptz '9999-01-01 00:00:00+00')), number);
create index tickets_in_state_urgent on tickets
  (guild_id, state, (case priority when 'critical' then 0 when 'high' then 1 when 'medium' then 2 else 3 end), number);
