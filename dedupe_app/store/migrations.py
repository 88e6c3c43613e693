"""The schema, one migration after the other. A shipped migration is never edited: add a new one.

resources/schema.md explains every table and column. Each shipped version has a library in tests/data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

migrations = Migrations("dedupe-app")

_M001 = """
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


@migrations()
def m001_first_schema(db: Database) -> None:
    """Create files, contents, texts, vectors, pairs and groups."""
    for statement in _M001.split(";\n"):
        if statement.strip():
            db.execute(statement)
