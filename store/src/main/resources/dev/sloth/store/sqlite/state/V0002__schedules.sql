-- Schedules, and what became of their instants.

CREATE TABLE schedules (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT    NOT NULL UNIQUE,
    definition TEXT    NOT NULL,
    added_by   TEXT    NOT NULL,
    added_at   INTEGER NOT NULL,
    considered INTEGER NOT NULL,
    paused     INTEGER NOT NULL,
    resumed_at INTEGER NOT NULL,
    turn       INTEGER NOT NULL
) STRICT;

CREATE TABLE fires (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    schedule    INTEGER NOT NULL REFERENCES schedules (number) ON DELETE CASCADE,
    at          INTEGER NOT NULL,
    last        INTEGER NOT NULL,
    count       INTEGER NOT NULL,
    status      TEXT    NOT NULL,
    open        INTEGER NOT NULL,
    why         TEXT    NOT NULL,
    decided_at  INTEGER NOT NULL,
    owner       TEXT    NOT NULL,
    lease_until INTEGER NOT NULL,
    epoch       INTEGER NOT NULL,
    run         TEXT    NOT NULL,
    UNIQUE (schedule, at)
) STRICT;

CREATE INDEX fires_open ON fires (number) WHERE open = 1;

CREATE INDEX fires_by_schedule ON fires (schedule, number);
