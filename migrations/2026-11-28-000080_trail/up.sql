-- The audit of a guild is read as one list, the newest line first, and of one thing alone.
create index ticket_audit_at on ticket_audit (guild_id, at, id);
create index shop_audit_at on shop_audit (guild_id, at, id);
create index shop_audit_of_subject on shop_audit (guild_id, subject, id);
create index agent_audit_at on agent_audit (guild_id, at, number);

-- Who came in, shown to the operators of a guild as far as it is theirs: read by the panel's own duty, which alone may add a line.
grant select on panel_sign_ins to maxis_accounts;

-- That an operator took a step with a plan of Shellia's is told, for pages that are open.
create policy from_agent on events for insert to maxis_staff
  with check (guild_id = (select app.guild_id()) and actor_id = (select app.user_id()) and (select app.rank()) = 'operator'
              and kind = 'decision' and ticket_number is null and order_number is null);
