-- Times are milliseconds since 1970. JSON columns hold what the schemas of common/ describe. Thumbnails are asset hashes.

create table projects (
  id text primary key,
  name text not null,
  document text not null check (json_valid(document)),
  -- Grows by one with every change.
  revision integer not null check (revision >= 0),
  -- Where the artist stands in the history: the last step of the line and the last applied one; 0 is the start.
  tip integer not null check (tip >= 0),
  current integer not null check (current >= 0),
  thumbnail text,
  created_at integer not null,
  updated_at integer not null
) strict;

-- The steps of each project's history: a tree, written once and never altered.
create table operations (
  project_id text not null references projects (id) on delete cascade,
  id integer not null check (id >= 1),
  -- The step that it was made after; 0 is the start.
  follows integer not null check (follows >= 0 and follows < id),
  label text not null,
  operations text not null check (json_valid(operations)),
  inverses text not null check (json_valid(inverses)),
  primary key (project_id, id)
) strict, without rowid;

create table assets (
  hash text primary key check (length(hash) = 64),
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  depth integer not null check (depth in (8, 16)),
  alpha integer not null check (alpha in (0, 1)),
  bytes integer not null check (bytes > 0),
  -- The colour profile that the picture came with, as a hash in the asset store.
  profile text check (length(profile) = 64),
  created_at integer not null
) strict, without rowid;

create table models (
  id text primary key,
  name text not null,
  recipe text not null,
  card text not null check (json_valid(card)),
  origin text not null check (origin in ('bundled', 'trained')),
  thumbnail text,
  created_at integer not null
) strict;

create table presets (
  id text primary key,
  name text not null,
  model_id text not null references models (id) on delete cascade,
  parameters text not null check (json_valid(parameters)),
  thumbnail text,
  tags text not null check (json_valid(tags)),
  source text not null,
  licence text not null
) strict;
create index presets_by_model on presets (model_id);

create table jobs (
  id text primary key,
  kind text not null,
  title text not null,
  state text not null,
  priority integer not null,
  payload text not null check (json_valid(payload)),
  progress real,
  failure text check (failure is null or json_valid(failure)),
  project_id text references projects (id) on delete set null,
  layer_id text,
  model_id text,
  training text check (training is null or json_valid(training)),
  -- File name of the last checkpoint, in the folder that the queue keeps them in.
  checkpoint text,
  attempts integer not null check (attempts >= 0),
  created_at integer not null,
  updated_at integer not null
) strict;
create index jobs_by_project on jobs (project_id);
create index jobs_in_order on jobs (state, priority desc, created_at);

create table settings (
  key text primary key,
  value text not null check (json_valid(value))
) strict, without rowid;
