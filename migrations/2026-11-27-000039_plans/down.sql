drop table agent_audit, agent_approvals, agent_plans, agent_switch;
drop function app.agent_audit_is_chained();
drop function app.agent_audit_text(agent_audit_line);
drop type agent_audit_line;
