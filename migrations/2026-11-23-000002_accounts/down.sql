drop table category_agents;
drop table staff_roles;
drop table guilds;
