drop table panel_sign_ins;
drop table panel_links;
drop table panel_sessions;
