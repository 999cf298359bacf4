alter table outbox drop column promotion_number;
