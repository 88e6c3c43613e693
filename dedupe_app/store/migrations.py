"""The schema, one migration after the other. A shipped migration is never edited: add a new one, here and in steps.py.

resources/schema.md explains every table and column. Each shipped version has a library in tests/data.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sqlite_utils import Migrations

from dedupe_app.store.first_schemas import M001, M002
from dedupe_app.store.paths import fold_path
from dedupe_app.store.steps import NAME

if TYPE_CHECKING:
    from sqlite_utils import Database

migrations = Migrations(NAME)

_M003 = """
create table actions (
  id integer primary key autoincrement,
  batch integer not null,
  made text not null,
  kind text not null,
  state text not null,
  path blob not null,
  sha256 text not null,
  size_bytes integer not null,
  mtime_ns integer not null,
  mode integer not null,
  device text not null,
  inode text not null,
  relation text not null,
  kept blob,
  kept_sha256 text not null default '',
  target blob,
  problem text,
  message text not null default ''
);
create index actions_batch on actions(batch, state);
create index actions_planned on actions(id) where state = 'planned';
"""


_M004 = """
alter table spaces add column request text not null default '';
alter table spaces add column embedder text not null default '';
alter table spaces add column account text not null default '';
alter table spaces add column words_per_second real;
alter table spaces add column calibration text not null default '';
alter table spaces add column used integer not null default 0;
create index spaces_request on spaces(request);
create table vector_failures (
  text_id integer not null references texts(id) on delete cascade,
  space_id integer not null references spaces(id) on delete cascade,
  reason text not null,
  primary key (text_id, space_id)
) without rowid;
"""


_M005 = """
create table maps (
  id integer primary key,
  scope text not null,
  space_id integer not null references spaces(id) on delete cascade,
  layout text not null,
  made text not null,
  used integer not null default 0,
  unique (scope, space_id)
);
create table map_points (
  map_id integer not null references maps(id) on delete cascade,
  text_id integer not null references texts(id) on delete cascade,
  x real not null,
  y real not null,
  placed integer not null default 0,
  broad integer,
  middle integer,
  fine integer,
  primary key (map_id, text_id)
) without rowid;
create index map_points_text on map_points(text_id);
create table topics (
  id integer primary key autoincrement,
  map_id integer not null references maps(id) on delete cascade,
  level integer not null,
  name text not null,
  texts integer not null,
  x real not null,
  y real not null
);
create index topics_map on topics(map_id);
"""

# Without a content of its own: the texts are in `contents` already, compressed. Marks that stand upon letters belong
# to the word, as in Hindi.
_M006 = """
create virtual table text_words using fts5(
  words, content='', tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co M*'"
);
"""

# Beside the journal and not in it, so that the rows of a damaged older library are still known by their shape.
_M007 = """
create table attached (
  entry integer primary key references actions(id) on delete cascade,
  facts text not null
);
delete from pairs
"""

# What the groups of earlier versions were found for is not known: they are made anew.
_M008 = """
alter table group_members add column found_for text;
update scopes set signature = ''
"""

# By the clock one last time: from here on a number tells what came before what.
_M009 = """
alter table decision_log add column after_batch integer not null default 0;
update decision_log set after_batch =
  (select coalesce(max(batch), 0) from actions where actions.made <= decision_log.made);
create table former_folders (
  path blob primary key,
  watch integer not null,
  protected integer not null,
  exclude text not null
)
"""

# Of marks that were made before, what is known now is taken to have been so then.
_M010 = """
create table same_text_marks (
  decision integer not null references decisions(id) on delete cascade,
  made text not null,
  primary key (decision, made)
) without rowid;
insert into same_text_marks select decisions.id, made from decisions where decision = 'remove' and exists (
  select 1 from files cross join contents on contents.id = content_id cross join group_members on file_id = files.id
  where path = decisions.path and contents.sha256 = decisions.sha256 and relation in ('identical', 'same-text'));
insert or ignore into same_text_marks select decisions.id, earlier.made from decision_log_files earlier
  cross join decisions on decisions.id = decision_id where earlier.decision = 'remove'
"""


@migrations()
def m001_first_schema(db: Database) -> None:
    """Create files, contents, texts, vectors, pairs and groups."""
    _run(db, M001)


@migrations()
def m002_decisions(db: Database) -> None:
    """Add folders, decisions and rejections, and to groups what they are listed by."""
    db.conn.create_function("fold_path", 1, fold_path, deterministic=True)
    db.conn.create_function("first_part", 1, lambda path: path.rpartition(os.sep)[0])
    db.conn.create_function("last_part", 1, lambda path: path.rpartition(os.sep)[2])
    _run(db, M002)


@migrations()
def m003_actions(db: Database) -> None:
    """Add the journal of what was done to files."""
    _run(db, _M003)


@migrations()
def m004_spaces(db: Database) -> None:
    """Add to spaces what they were made with and what cosines mean there; and the texts that a model could not take."""
    _run(db, _M004)


@migrations()
def m005_maps(db: Database) -> None:
    """Add maps: where each text lies, and topics."""
    _run(db, _M005)


@migrations()
def m006_search(db: Database) -> None:
    """Add the index of words."""
    _run(db, _M006)


@migrations()
def m007_attached(db: Database) -> None:
    """Add what the system had attached to files of the journal; and forget pairs, since families are others now."""
    _run(db, _M007)


@migrations()
def m008_found_for(db: Database) -> None:
    """Add to members of groups the bytes of the file that all that is said of it was found for."""
    _run(db, _M008)


@migrations()
def m009_order_and_former_folders(db: Database) -> None:
    """Add to changes of decisions which action was the last before them; and folders that were taken off the list."""
    _run(db, _M009)


@migrations()
def m010_same_text_marks(db: Database) -> None:
    """Add which marks to remove were made while the very same text was to stay."""
    _run(db, _M010)


def _run(db: Database, statements: str) -> None:
    for statement in statements.split(";\n"):
        if statement.strip():
            db.execute(statement)
