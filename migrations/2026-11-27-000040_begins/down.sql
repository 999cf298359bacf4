alter table subscriptions drop constraint subscriptions_times_are_read;
alter table subscriptions drop column period_start;
do $$
declare
  judged text;
begin
  select string_agg(format('%1$I > ''0001-01-01Z'' and %1$I < ''9999-01-01Z''', a.attname), ' and ' order by a.attnum) into judged
  from pg_catalog.pg_attribute a
  where a.attrelid = 'public.subscriptions'::regclass and a.atttypid = 'timestamptz'::regtype and a.attnum > 0 and not a.attisdropped;
  execute 'alter table subscriptions add constraint subscriptions_times_are_read check (' || judged || ')';
end $$;
