drop table languages;
