-- A ticket is before others because of a plan only while its opener holds one that brings that: what staff read of it is true.
create policy priority_held on tickets as restrictive for insert to maxis_member, maxis_staff
  with check (not priority_by_plan
              or exists (select from entitlements e join plans p on p.guild_id = e.guild_id and p.code = e.plan
                         where e.guild_id = tickets.guild_id and e.user_id = tickets.opener_id and e.plan = tickets.plan
                           and p.support in ('priority', 'vip') and e.revoked_at is null and e.suspended_at is null
                           and e.starts_at <= tickets.created_at and (e.ends_at is null or e.ends_at > tickets.created_at)));

-- The card in the staff channel is read as any member of staff, and as none by name: it says what the opener's plan is called.
create policy staff_read on plans for select to maxis_staff
  using (guild_id = (select app.guild_id()) and (select app.rank()) is not null);
