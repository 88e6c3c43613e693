"""The statements of the first two migrations: the tables that all else stands on. Shipped: never edited."""

from __future__ import annotations

M001 = """
create table files (
  id integer primary key,
  path blob not null unique,
  size_bytes integer not null,
  mtime_ns integer not null,
  device text not null,
  inode text not null,
  content_id integer references contents(id),
  reason text,
  detail text not null default ''
);
create index files_content on files(content_id);
create table contents (
  id integer primary key,
  sha256 text not null unique,
  size_bytes integer not null,
  format text not null default '',
  reader integer,
  text_id integer references texts(id),
  same_text text,
  text blob,
  reason text,
  detail text not null default '',
  warning text not null default ''
);
create index contents_text on contents(text_id);
create index contents_same_text on contents(same_text);
create table texts (
  id integer primary key autoincrement,
  hash text not null unique,
  words integer not null,
  sketch blob not null,
  sketch_shift integer not null
);
create table spaces (
  id integer primary key,
  name text not null unique,
  dimensions integer not null,
  dtype text not null
);
create table vectors (
  text_id integer not null references texts(id) on delete cascade,
  space_id integer not null references spaces(id) on delete cascade,
  vector blob not null,
  primary key (text_id, space_id)
) without rowid;
create table pairs (
  text_a integer not null references texts(id) on delete cascade,
  text_b integer not null references texts(id) on delete cascade,
  family integer not null,
  first_crowds blob not null,
  sure integer not null,
  crowds blob not null,
  relation text,
  similarity real not null,
  shared_text real not null,
  contained real not null,
  changes text not null,
  primary key (text_a, text_b)
) without rowid;
create index pairs_b on pairs(text_b);
create table scopes (
  id integer primary key,
  name text not null unique,
  signature text not null,
  finished text not null
);
create table groups (
  id integer primary key autoincrement,
  scope_id integer not null references scopes(id) on delete cascade,
  kind text not null,
  files integer not null,
  reclaimable_bytes integer not null,
  similarity real not null
);
create index groups_scope on groups(scope_id, kind);
create table group_members (
  group_id integer not null references groups(id) on delete cascade,
  file_id integer not null references files(id) on delete cascade,
  role text not null,
  decision text not null,
  relation text,
  similarity real,
  shared_text real,
  contained real,
  meaning real,
  figures_changed integer,
  strength real not null,
  reason text not null,
  compared_with integer references files(id) on delete set null,
  primary key (group_id, file_id)
) without rowid;
create index group_members_file on group_members(file_id);
"""

# Tables are made anew where a column changes its place: numbers of files are never used again, a place orders the
# members of a group, and a file that goes does not look through all members for those that were compared with it.
M002 = """
create table old_members as select * from group_members;
drop table group_members;
create table new_files (
  id integer primary key autoincrement,
  path blob not null unique,
  folded text not null,
  size_bytes integer not null,
  mtime_ns integer not null,
  device text not null,
  inode text not null,
  content_id integer references contents(id),
  reason text,
  detail text not null default ''
);
insert into new_files select id, path, fold_path(path), size_bytes, mtime_ns, device, inode, content_id, reason, detail
  from files;
drop table files;
alter table new_files rename to files;
create index files_content on files(content_id);
create index files_reason on files(reason) where reason is not null;
create index contents_reason on contents(reason) where reason is not null;
create table group_members (
  group_id integer not null references groups(id) on delete cascade,
  place integer not null,
  file_id integer not null references files(id) on delete cascade,
  role text not null,
  suggested text not null,
  decision text not null,
  relation text,
  similarity real,
  shared_text real,
  contained real,
  meaning real,
  figures_changed integer,
  strength real not null,
  reason text not null,
  compared_with integer,
  primary key (group_id, place)
) without rowid;
insert into group_members select group_id,
  row_number() over (partition by group_id order by compared_with is not null, path) - 1,
  file_id, role, decision, decision, relation, similarity, shared_text, contained, meaning, figures_changed, strength,
  old_members.reason, compared_with from old_members join files on files.id = file_id;
create index group_members_file on group_members(file_id);
drop table old_members;
alter table scopes add column marked_files integer not null default 0;
alter table scopes add column marked_bytes integer not null default 0;
update scopes set (marked_files, marked_bytes) = (
  select count(*), coalesce(sum(size_bytes), 0) from files where id in (
    select file_id from group_members join groups on groups.id = group_id
    where scope_id = scopes.id and decision = 'remove'));
alter table groups add column keeper integer;
alter table groups add column relation text not null default '';
alter table groups add column name_key text not null default '';
alter table groups add column folder_key text not null default '';
alter table groups add column size_bytes integer not null default 0;
alter table groups add column mtime_ns integer not null default 0;
update groups set
  keeper = (select file_id from group_members where group_id = groups.id and place = 0),
  relation = case kind when 'contained' then 'contained' when 'template' then 'same-template'
    when 'meaning' then 'same-meaning' else coalesce((
      select relation from group_members where group_id = groups.id and relation is not null
      order by relation = 'revision' desc, relation = 'same-text' desc limit 1), 'identical') end,
  (size_bytes, mtime_ns) = (
    select max(size_bytes), max(mtime_ns) from group_members join files on files.id = file_id
    where group_id = groups.id);
update groups set (name_key, folder_key) = (
  select last_part(folded), first_part(folded) from files where id = keeper) where keeper is not null;
create index groups_relation on groups(scope_id, relation, files);
create table folders (
  id integer primary key autoincrement,
  path blob not null unique,
  watch integer not null default 1,
  protected integer not null default 0,
  exclude text not null default '[]',
  offline integer not null default 0
);
create table decisions (
  id integer primary key autoincrement,
  path blob not null,
  sha256 text not null,
  decision text,
  keeper integer not null default 0,
  made text not null,
  unique (path, sha256)
);
create table rejections (
  sha256_a text not null,
  sha256_b text not null,
  made text not null,
  entry integer not null,
  primary key (sha256_a, sha256_b)
) without rowid;
create index rejections_entry on rejections(entry);
create table decision_log (
  id integer primary key autoincrement,
  made text not null,
  what text not null,
  files integer not null
);
create table decision_log_files (
  entry integer not null references decision_log(id) on delete cascade,
  decision_id integer not null,
  decision text,
  keeper integer,
  made text,
  primary key (entry, decision_id)
) without rowid;
"""
