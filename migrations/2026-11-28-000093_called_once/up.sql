-- A canned reply's title and a saved view's name are used once: who sends twice makes one, and lists name each clearly.

alter table canned_replies no force row level security;
alter table saved_views no force row level security;

delete from canned_replies a using canned_replies b
  where b.guild_id = a.guild_id and b.title = a.title and b.body = a.body and b.id < a.id;
update canned_replies c set title = left(title, 85) || ' (' || id || ')'
  where exists (select from canned_replies b where b.guild_id = c.guild_id and b.title = c.title and b.id < c.id);
create unique index canned_replies_have_a_title_each on canned_replies (guild_id, title);

delete from saved_views a using saved_views b
  where b.guild_id = a.guild_id and b.user_id = a.user_id and b.name = a.name and b.query = a.query and b.id < a.id;
update saved_views v set name = left(name, 85) || ' (' || id || ')'
  where exists (select from saved_views b where b.guild_id = v.guild_id and b.user_id = v.user_id and b.name = v.name and b.id < v.id);
create unique index saved_views_have_a_name_each on saved_views (guild_id, user_id, name);

alter table canned_replies force row level security;
alter table saved_views force row level security;
