alter table __diesel_schema_migrations disable row level security;
drop schema app cascade;
