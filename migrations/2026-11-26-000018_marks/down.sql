drop table provider_marks;
