-- Pages of all journals get numbers that count up and are never used again, so that whoever follows
-- the events of all runs can tell how far it has read.

CREATE TABLE numbered_journal (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    run      INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
    first    INTEGER NOT NULL,
    events   INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    body     BLOB    NOT NULL,
    UNIQUE (run, first)
) STRICT;

INSERT INTO numbered_journal (run, first, events, checksum, body)
SELECT run, first, events, checksum, body
FROM journal
ORDER BY rowid;

DROP TABLE journal;

ALTER TABLE numbered_journal RENAME TO journal;
