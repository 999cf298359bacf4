alter table referrals drop column back_minor;
alter table orders drop column refund_returned;
