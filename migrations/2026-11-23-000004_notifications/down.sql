drop table answers;
drop table events;
drop table ticket_cards;
drop table outbox;
