drop policy priority_held on tickets;
