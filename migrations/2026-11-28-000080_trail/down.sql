drop policy from_agent on events;
revoke select on panel_sign_ins from maxis_accounts;
grant select (at) on panel_sign_ins to maxis_accounts;
drop index agent_audit_at;
drop index shop_audit_of_subject;
drop index shop_audit_at;
drop index ticket_audit_at;
