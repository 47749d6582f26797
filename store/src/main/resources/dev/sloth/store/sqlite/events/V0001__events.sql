-- Events that were told, hooks, and watchers. Times are nanoseconds since 1970; the ends of their
-- range mean "ever".

CREATE TABLE events (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    space   TEXT    NOT NULL,
    type    TEXT    NOT NULL,
    subject TEXT    NOT NULL,
    source  TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    causes  TEXT    NOT NULL,
    data    BLOB    NOT NULL
) STRICT;

CREATE INDEX events_by_space ON events (space, number);

CREATE TABLE hooks (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    space       TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    file        TEXT    NOT NULL,
    types       TEXT    NOT NULL,
    condition   TEXT    NOT NULL,
    description TEXT    NOT NULL,
    enabled     INTEGER NOT NULL,
    timeout     INTEGER NOT NULL,
    attempts    INTEGER NOT NULL,
    added_at    INTEGER NOT NULL,
    runs        INTEGER NOT NULL,
    state       INTEGER NOT NULL,
    told        INTEGER NOT NULL,
    UNIQUE (space, name)
) STRICT;

CREATE TABLE deliveries (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    hook     INTEGER NOT NULL REFERENCES hooks (number) ON DELETE CASCADE,
    event    TEXT    NOT NULL,
    type     TEXT    NOT NULL,
    subject  TEXT    NOT NULL,
    source   TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    causes   TEXT    NOT NULL,
    data     BLOB    NOT NULL,
    state    TEXT    NOT NULL,
    attempts INTEGER NOT NULL,
    due      INTEGER NOT NULL,
    owner    TEXT    NOT NULL,
    until    INTEGER NOT NULL,
    message  TEXT    NOT NULL,
    output   TEXT    NOT NULL
) STRICT;

CREATE INDEX deliveries_by_hook ON deliveries (hook, state, number);

CREATE INDEX deliveries_pending ON deliveries (hook, subject, number) WHERE state = 'PENDING';

CREATE INDEX deliveries_due ON deliveries (due, number) WHERE state = 'PENDING';

CREATE TABLE watchers (
    space    TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    settings BLOB    NOT NULL,
    asked_by TEXT    NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (space, name)
) STRICT, WITHOUT ROWID;
