drop index tickets_done, orders_placed, ledger_sums;
drop table mrr_changes;
