-- What Shellia is told of an event, beside its kind: numbers and amounts, never a text or a person.

alter table events
  -- The giveaway's or the promotion's number in the guild.
  add column number bigint check (number > 0),
  -- What was paid, went back or is disputed.
  add column amount_minor bigint,
  add column currency text check (currency ~ '^[a-z]{3}$'),
  add constraint events_amount_has_its_currency check ((amount_minor is null) = (currency is null));

-- A person's deeds name no other number than the promotion's that was made, begun or stopped.
grant insert (number) on events to maxis_staff;
drop policy from_staff on events;
create policy from_staff on events for insert to maxis_staff
  with check (guild_id = (select app.guild_id()) and actor_id = (select app.user_id()) and (select app.rank()) is not null
              and kind in ('created', 'assigned', 'replied', 'closed', 'reopened', 'rated', 'noted', 'claimed', 'resolved',
                           'priority_changed', 'category_changed') and number is null
              and exists (select from tickets t where t.guild_id = events.guild_id and t.number = events.ticket_number));
drop policy from_promotions on events;
create policy from_promotions on events for insert to maxis_staff
  with check (guild_id = (select app.guild_id()) and actor_id = (select app.user_id()) and (select app.rank()) = 'operator'
              and kind in ('promotion_made', 'promotion_begun', 'promotion_stopped')
              and ticket_number is null and order_number is null
              and (number is null or exists (select from promotions p where p.guild_id = events.guild_id and p.number = events.number)));

-- The stream reads all but who it was.
grant select (id, xact, guild_id, kind, ticket_number, order_number, number, amount_minor, currency, at) on events to maxis_worker;
create policy stream on events for select to maxis_worker using ((select app.duty()) = 'outbox');
