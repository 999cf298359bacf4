drop index outbox_told;
drop table ticket_calls;
