drop trigger meant_to_last on giveaways;
drop function app.meant_to_last();
alter table giveaways drop column meant_s;
