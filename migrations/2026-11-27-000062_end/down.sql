drop trigger agent_end_is_kept on agent_switch;
drop function app.agent_end_is_kept();
