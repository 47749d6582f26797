-- Output, apart from the state of runs. Times are nanoseconds since 1970.

CREATE TABLE logs (
    number   INTEGER PRIMARY KEY,
    run      TEXT    NOT NULL,
    task     TEXT    NOT NULL,
    attempt  INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    chunks   INTEGER NOT NULL,
    lines    INTEGER NOT NULL,
    size     INTEGER NOT NULL,
    bytes    INTEGER NOT NULL,
    UNIQUE (run, task, attempt)
) STRICT;

CREATE TABLE chunks (
    log        INTEGER NOT NULL REFERENCES logs (number) ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    first_line INTEGER NOT NULL,
    lines      INTEGER NOT NULL,
    start      INTEGER NOT NULL,
    size       INTEGER NOT NULL,
    first_at   INTEGER NOT NULL,
    last_at    INTEGER NOT NULL,
    checksum   INTEGER NOT NULL,
    zstd       BLOB    NOT NULL,
    UNIQUE (log, number)
) STRICT;

-- The newest claim to a run that we have heard of; older ones write no more.
CREATE TABLE writers (
    run   TEXT    NOT NULL PRIMARY KEY,
    epoch INTEGER NOT NULL
) STRICT;
