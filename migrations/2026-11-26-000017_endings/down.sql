create or replace trigger own_end before update on tickets
  for each row when (current_user = 'maxis_member') execute function app.own_end();
create or replace function app.own_end() returns trigger
  language plpgsql
  as $$
begin
  if new.closed_by is distinct from old.closed_by and new.closed_by <> app.user_id() then
    raise exception 'a member closes a ticket in his own name' using errcode = 'insufficient_privilege';
  end if;
  if (new.rating, new.rated_at) is distinct from (old.rating, old.rated_at) and new.state not in ('resolved', 'closed') then
    raise exception 'stars are given at the end' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
drop function app.members_columns();
