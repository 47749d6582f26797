-- The state of runs. Times are nanoseconds since 1970; the ends of their range mean "ever".

CREATE TABLE runs (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT    NOT NULL UNIQUE,
    workflow     TEXT    NOT NULL,
    script       TEXT    NOT NULL,
    submitted_at INTEGER NOT NULL,
    owner        TEXT    NOT NULL,
    lease_until  INTEGER NOT NULL,
    epoch        INTEGER NOT NULL,
    events       INTEGER NOT NULL,
    status       TEXT    NOT NULL,
    ended        INTEGER NOT NULL,
    message      TEXT    NOT NULL,
    changed_at   INTEGER NOT NULL,
    tasks        INTEGER NOT NULL,
    finished     INTEGER NOT NULL,
    failed       INTEGER NOT NULL,
    undecided    INTEGER NOT NULL
) STRICT;

CREATE TABLE labels (
    run   INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
    name  TEXT    NOT NULL,
    value TEXT    NOT NULL,
    PRIMARY KEY (run, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE contents (
    sha256 TEXT    NOT NULL PRIMARY KEY,
    size   INTEGER NOT NULL,
    zstd   BLOB    NOT NULL
) STRICT;

-- Which run needs which content, be it as a file or because an event speaks of it.
CREATE TABLE run_contents (
    run    INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
    sha256 TEXT    NOT NULL REFERENCES contents (sha256),
    PRIMARY KEY (run, sha256)
) STRICT, WITHOUT ROWID;

CREATE INDEX run_contents_by_content ON run_contents (sha256);

CREATE TABLE files (
    run    INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
    role   TEXT    NOT NULL,
    path   TEXT    NOT NULL,
    sha256 TEXT    NOT NULL,
    place  INTEGER NOT NULL,
    PRIMARY KEY (run, role, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal (
    run      INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
    first    INTEGER NOT NULL,
    events   INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    body     BLOB    NOT NULL,
    UNIQUE (run, first)
) STRICT;

CREATE TABLE snapshots (
    run      INTEGER NOT NULL PRIMARY KEY REFERENCES runs (number) ON DELETE CASCADE,
    events   INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    body     BLOB    NOT NULL
) STRICT;

CREATE TABLE attempts (
    place    INTEGER PRIMARY KEY AUTOINCREMENT,
    run      INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
    task     TEXT    NOT NULL,
    number   INTEGER NOT NULL,
    boot     TEXT    NOT NULL,
    epoch    INTEGER NOT NULL,
    status   TEXT    NOT NULL,
    begun_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    UNIQUE (run, task, number)
) STRICT;

CREATE TABLE timers (
    run  INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
    name TEXT    NOT NULL,
    due  INTEGER NOT NULL,
    PRIMARY KEY (run, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX timers_by_due ON timers (due);

CREATE TABLE requests (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    run      INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
    kind     TEXT    NOT NULL,
    body     TEXT    NOT NULL,
    asked_by TEXT    NOT NULL,
    asked_at INTEGER NOT NULL
) STRICT;

CREATE INDEX requests_by_run ON requests (run);

CREATE TABLE artifacts (
    number          INTEGER PRIMARY KEY AUTOINCREMENT,
    run             INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
    task            TEXT    NOT NULL,
    path            TEXT    NOT NULL,
    made_by_run     TEXT    NOT NULL,
    made_by_attempt INTEGER NOT NULL,
    sha256          TEXT    NOT NULL,
    size            INTEGER NOT NULL,
    executable      INTEGER NOT NULL,
    kept_at         INTEGER NOT NULL,
    UNIQUE (run, task, path)
) STRICT;

CREATE INDEX artifacts_by_content ON artifacts (sha256);

-- Runs that were deleted here but perhaps not yet in logs.db.
CREATE TABLE leftovers (
    run TEXT NOT NULL PRIMARY KEY
) STRICT;
