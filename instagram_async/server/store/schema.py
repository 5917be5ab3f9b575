"""The tables of a world, and the indexes by which its listings are read.

Every listing is a range of one index that ends where its page ends, and every count is kept
beside what is counted, so that neither depends on how much else there is.
"""

from __future__ import annotations

APPLICATION = 0x49474131
"""Marks a file as a world, in SQLite's own header."""

VERSION = 3
"""Of the tables, and of how media are drawn whose comments are not in them."""

TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE users (
  place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body BLOB NOT NULL, names BLOB NOT NULL,
  private INTEGER NOT NULL DEFAULT 0, media INTEGER NOT NULL DEFAULT 0,
  followed_by INTEGER NOT NULL DEFAULT 0, follows INTEGER NOT NULL DEFAULT 0,
  gated INTEGER NOT NULL DEFAULT 0
);
-- text: as the wire shows it; null: it was never looked at, and is still to be drawn.
-- said: whether its comments are in the table; else they are still to be drawn.
CREATE TABLE media (
  pk INTEGER PRIMARY KEY, owner TEXT NOT NULL, id TEXT NOT NULL, second INTEGER NOT NULL,
  likes INTEGER NOT NULL, comments INTEGER NOT NULL, last_comment INTEGER NOT NULL,
  said INTEGER NOT NULL, location TEXT, cell INTEGER, lat REAL, lng REAL, text BLOB
);
CREATE TABLE cells (cell INTEGER PRIMARY KEY);
CREATE TABLE tagged (
  name TEXT NOT NULL, tag_id INTEGER NOT NULL, pk INTEGER NOT NULL,
  PRIMARY KEY (name, tag_id, pk)
) WITHOUT ROWID;
CREATE TABLE tags (name TEXT PRIMARY KEY, media INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE banned (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE likes (
  who TEXT NOT NULL, pk INTEGER NOT NULL, tick INTEGER NOT NULL, PRIMARY KEY (who, pk)
) WITHOUT ROWID;
-- Where a like stood that is gone: a listing goes on behind it.
CREATE TABLE unliked (
  who TEXT NOT NULL, pk INTEGER NOT NULL, tick INTEGER NOT NULL, PRIMARY KEY (who, pk)
) WITHOUT ROWID;
CREATE TABLE comments (
  place INTEGER PRIMARY KEY, pk INTEGER NOT NULL, second INTEGER NOT NULL, id TEXT NOT NULL,
  body BLOB NOT NULL
);
CREATE TABLE ties (
  who TEXT NOT NULL, whom TEXT NOT NULL, asks INTEGER NOT NULL, tick INTEGER NOT NULL,
  PRIMARY KEY (who, whom)
) WITHOUT ROWID;
CREATE TABLE blocks (who TEXT NOT NULL, whom TEXT NOT NULL, PRIMARY KEY (who, whom)) WITHOUT ROWID;
CREATE TABLE locations (
  place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body BLOB NOT NULL,
  cell INTEGER, lat REAL, lng REAL
);
CREATE TABLE listed (
  directory TEXT NOT NULL, number TEXT NOT NULL, location TEXT NOT NULL,
  PRIMARY KEY (directory, number)
) WITHOUT ROWID;
CREATE TABLE geographies (id INTEGER PRIMARY KEY, lat REAL, lng REAL, radius REAL);
"""

# What a file of an older version has not, by that version.
UPGRADES = {
    1: """
ALTER TABLE users ADD COLUMN gated INTEGER NOT NULL DEFAULT 0;
CREATE TABLE banned (name TEXT PRIMARY KEY) WITHOUT ROWID;
""",
    2: r"""
UPDATE media SET text = CAST(replace(replace(
  CAST(text AS TEXT), '"url":"https:\/\/local-instagram.invalid\/', '"url":"' || char(1) || '\/'),
  '"profile_picture":"https:\/\/local-instagram.invalid\/',
  '"profile_picture":"' || char(1) || '\/') AS BLOB)
WHERE text IS NOT NULL;
""",
}

# `second` and the coordinates are in the indexes, so that what bounds leave out costs no look
# at the media itself.
INDEXES = """
CREATE INDEX media_of_owner ON media (owner, pk, second);
CREATE INDEX media_of_location ON media (location, pk, second) WHERE location IS NOT NULL;
CREATE INDEX media_of_cell ON media (cell, pk, second, lat, lng) WHERE cell IS NOT NULL;
CREATE INDEX tags_of_media ON tagged (pk);
CREATE INDEX likes_of_user ON likes (who, tick);
CREATE INDEX likes_of_media ON likes (pk, tick);
CREATE INDEX comments_of_media ON comments (pk, second, place);
CREATE INDEX comments_by_id ON comments (pk, id);
CREATE INDEX ties_from ON ties (who, asks, tick);
CREATE INDEX ties_to ON ties (whom, asks, tick);
CREATE INDEX locations_of_cell ON locations (cell) WHERE cell IS NOT NULL;
"""

# What is counted while single things are written, counted at once after many were.
COUNTS = """
UPDATE users SET
  media = (SELECT count(*) FROM media WHERE owner = users.id),
  follows = (SELECT count(*) FROM ties WHERE who = users.id AND NOT asks),
  followed_by = (SELECT count(*) FROM ties WHERE whom = users.id AND NOT asks);
INSERT OR REPLACE INTO tags SELECT name, count(*) FROM tagged GROUP BY name;
INSERT OR IGNORE INTO cells SELECT DISTINCT cell FROM media WHERE cell IS NOT NULL;
"""
