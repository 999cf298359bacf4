-- How long a giveaway was meant to last: what comes back lasts as long again, also where this one was ended before its time.
alter table giveaways add column meant_s bigint check (meant_s > 0);
update giveaways set meant_s = greatest(1, extract(epoch from ends_at - starts_at)::bigint);

create function app.meant_to_last() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp
  as $$
begin
  -- An end that is put off is meant, one that is brought forward isn't.
  if tg_op = 'INSERT' or new.ends_at > old.ends_at then
    new.meant_s := greatest(1, extract(epoch from new.ends_at - new.starts_at)::bigint);
  end if;
  return new;
end $$;
create trigger meant_to_last before insert or update of ends_at on giveaways for each row execute function app.meant_to_last();
