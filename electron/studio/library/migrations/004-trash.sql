-- When a project went into the trash; null for those that are not in it.
alter table projects add column trashed_at integer;
