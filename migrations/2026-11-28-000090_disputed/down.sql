drop index orders_disputed;
