revoke insert on agent_switch from maxis_payments;
drop index agent_audit_refused;
alter table agent_audit drop constraint agent_audit_action_check;
-- The chain holds every line, so those that stand stay.
alter table agent_audit add constraint agent_audit_action_check check (action in
  ('planned', 'approved', 'rejected', 'committed', 'failed', 'stopped', 'resumed', 'autonomy')) not valid;
