-- Endings, whoever writes them: not only who took a member's role, but every login that isn't the table's owner.
create or replace function app.own_end() returns trigger
  language plpgsql
  as $$
begin
  if app.owns(tg_relid) then
    return new;
  end if;
  if new.closed_by is distinct from old.closed_by and new.closed_by <> app.user_id() then
    raise exception 'a member closes a ticket in his own name' using errcode = 'insufficient_privilege';
  end if;
  if (new.rating, new.rated_at) is distinct from (old.rating, old.rated_at) and new.state not in ('resolved', 'closed') then
    raise exception 'stars are given at the end' using errcode = 'insufficient_privilege';
  end if;
  -- A login that took no role has the grants of all of them, so whoever acts without rank or duty is held to a member's.
  if app.rank() is null and app.duty() is null
     and to_jsonb(new) - app.members_columns() is distinct from to_jsonb(old) - app.members_columns() then
    raise exception 'a member changes the state, the times and the stars of a ticket' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

-- What a member's role may update of a ticket.
create function app.members_columns() returns text[]
  language sql immutable
  as $$ select array['state', 'updated_at', 'sla_due_at', 'sla_left_ms', 'sla_reminder_at', 'sla_reminded', 'resolved_at',
                     'closed_at', 'closed_by', 'close_reason', 'auto_close_at', 'rating', 'rated_at'] $$;

create or replace trigger own_end before update on tickets for each row execute function app.own_end();
