-- Pages of staff hear that somebody asked to be erased, took it back, or was decided about: that something did, and of nobody.
create policy from_privacy on events for insert to maxis_member, maxis_staff
  with check (guild_id = (select app.guild_id()) and actor_id = (select app.user_id()) and kind = 'privacy'
              and ticket_number is null and order_number is null and number is null
              and ((select app.rank()) = 'operator'
                   or exists (select from privacy_requests r where r.guild_id = events.guild_id and r.user_id = (select app.user_id())
                              and r.kind = 'erasure' and r.state in ('asked', 'withdrawn'))));
