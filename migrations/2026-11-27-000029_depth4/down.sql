drop policy staff_read on plans;
drop policy priority_held on tickets;
