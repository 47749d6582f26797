-- Which rows there should be: a digest of the rows of each namespace, and a seal over all keys and digests. An empty seal
-- is that of a file from before this step.

ALTER TABLE master ADD COLUMN changes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE master ADD COLUMN seal    TEXT    NOT NULL DEFAULT '';
ALTER TABLE keys   ADD COLUMN digest  TEXT    NOT NULL DEFAULT '';
