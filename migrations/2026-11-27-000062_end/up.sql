-- Where a guild's audit ends is written by its own trigger and by nobody else, whatever he may update of the switch.
create function app.agent_end_is_kept() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp
  as $$
begin
  if (new.last_line, new.last_hash) is distinct from (old.last_line, old.last_hash) and pg_trigger_depth() < 2 then
    raise exception 'where the audit ends is not written by hand' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger agent_end_is_kept before update on agent_switch for each row execute function app.agent_end_is_kept();
