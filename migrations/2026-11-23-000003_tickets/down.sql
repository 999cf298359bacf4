drop table ticket_audit;
drop table ticket_attachments;
drop table ticket_messages;
drop table tickets;
drop table ticket_counters;
