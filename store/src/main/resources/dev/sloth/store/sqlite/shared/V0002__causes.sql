-- What led to a change, one cause a line: hooks that set off each other by it come to an end.

ALTER TABLE facts ADD COLUMN causes TEXT NOT NULL DEFAULT '';
