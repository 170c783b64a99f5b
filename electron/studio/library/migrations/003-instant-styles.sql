-- Styles may be predicted from pictures. SQLite cannot alter a check: the table is made anew.
create table models_with_instant (
  id text primary key,
  name text not null,
  recipe text not null,
  card text not null check (json_valid(card)),
  origin text not null check (origin in ('bundled', 'trained', 'imported', 'instant')),
  thumbnail text,
  created_at integer not null
) strict;
insert into models_with_instant (id, name, recipe, card, origin, thumbnail, created_at)
  select id, name, recipe, card, origin, thumbnail, created_at from models;
drop table models;
alter table models_with_instant rename to models;
