-- What a rule refused somebody is a line of the audit too.
alter table agent_audit drop constraint agent_audit_action_check;
alter table agent_audit add constraint agent_audit_action_check check (action in
  ('planned', 'approved', 'rejected', 'committed', 'failed', 'stopped', 'resumed', 'autonomy', 'refused'));
-- They are counted before another is added.
create index agent_audit_refused on agent_audit (guild_id, at) where action = 'refused';
-- Who was refused may be nobody in that guild, so the payments duty writes it down; the guild may have no switch yet.
grant insert on agent_switch to maxis_payments;
