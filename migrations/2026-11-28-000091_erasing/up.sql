-- Nothing of a member begins between the confirmation of his erasure and its end, and nothing of his is half done while it is carried out.
grant select (guild_id, user_id, kind, state) on privacy_requests to maxis_payments;
create policy payments_read on privacy_requests for select to maxis_payments
  using (guild_id = (select app.guild_id()) and (select app.duty()) = 'payments' and kind = 'erasure' and state = 'confirmed');
grant update (decided_at) on privacy_requests to maxis_privacy;

-- The columns that name who begins something are the trigger's arguments.
create function app.not_while_erased() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp
  as $$
declare
  part text;
  person bigint;
begin
  if app.owns(tg_relid) then
    return new;
  end if;
  foreach part in array tg_argv loop
    person := (to_jsonb(new) ->> part)::bigint;
    -- Whoever carries his erasure out holds it alone, and waits for what is under way.
    perform pg_advisory_xact_lock_shared(hashtextextended('erasure/' || new.guild_id || '/' || person, 0));
    perform from public.privacy_requests r where r.guild_id = new.guild_id and r.user_id = person and r.kind = 'erasure' and r.state = 'confirmed';
    if found then
      raise exception 'this member is being erased'
        using errcode = 'check_violation', constraint = case when tg_table_name = 'entitlements' then 'erasure_of_holder'
          when part = 'recipient_id' then 'erasure_of_recipient' else 'erasure_underway' end;
    end if;
  end loop;
  return new;
end $$;
revoke all on function app.not_while_erased() from public;
create trigger not_while_erased before insert on tickets for each row execute function app.not_while_erased('opener_id');
create trigger not_while_erased before insert on orders for each row execute function app.not_while_erased('user_id', 'recipient_id');
create trigger not_while_erased before insert on giveaway_entries for each row execute function app.not_while_erased('user_id');
-- What the team gives by hand; what was paid for or won is in the way of the confirmation.
create trigger not_while_erased before insert on entitlements for each row when (new.source = 'grant')
  execute function app.not_while_erased('user_id');

-- A colleague's saved view may name him.
grant select (query) on saved_views to maxis_privacy;

-- Where the staff channel was told of an order: the message names who bought it, so it goes with him.
create table staff_posts (
  guild_id bigint not null,
  order_number bigint not null,
  channel_id bigint not null check (channel_id > 0),
  message_id bigint not null check (message_id > 0),
  primary key (guild_id, order_number, message_id),
  foreign key (guild_id, order_number) references orders on delete cascade
);
call app.shut('staff_posts');
grant insert on staff_posts to maxis_payments;
create policy payments on staff_posts for insert to maxis_payments
  with check (guild_id = (select app.guild_id()) and (select app.duty()) = 'payments');
grant select, delete on staff_posts to maxis_privacy;
create policy privacy on staff_posts to maxis_privacy
  using (guild_id = (select app.guild_id()) and (select app.duty()) = 'privacy');
