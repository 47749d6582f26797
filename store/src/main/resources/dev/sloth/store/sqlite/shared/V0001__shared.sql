-- The state that scripts share. Times are nanoseconds since 1970; the ends of their range mean "ever".

CREATE TABLE entries (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    space      TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    value      BLOB    NOT NULL,
    items      INTEGER NOT NULL,
    bytes      INTEGER NOT NULL,
    front      INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    UNIQUE (space, name)
) STRICT;

CREATE INDEX entries_by_expiry ON entries (expires_at) WHERE expires_at < 9223372036854775807;

CREATE TABLE items (
    entry INTEGER NOT NULL REFERENCES entries (number) ON DELETE CASCADE,
    place BLOB    NOT NULL,
    value BLOB    NOT NULL,
    PRIMARY KEY (entry, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE usages (
    space      TEXT    NOT NULL PRIMARY KEY,
    keys       INTEGER NOT NULL,
    bytes      INTEGER NOT NULL,
    expired    INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE facts (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    space   TEXT    NOT NULL,
    name    TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    place   BLOB    NOT NULL,
    old     BLOB    NOT NULL,
    now     BLOB    NOT NULL,
    expiry  INTEGER NOT NULL,
    expired INTEGER NOT NULL,
    at      INTEGER NOT NULL
) STRICT;

CREATE INDEX facts_by_name ON facts (space, name, number);

-- One row: how far back facts reach.
CREATE TABLE memory (
    one              INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    forgotten        INTEGER NOT NULL,
    forgotten_before INTEGER NOT NULL,
    token            INTEGER NOT NULL
) STRICT;

INSERT INTO memory (one, forgotten, forgotten_before, token)
VALUES (1, 0, -9223372036854775808, 0);

CREATE TABLE locks (
    space  TEXT    NOT NULL,
    name   TEXT    NOT NULL,
    holder TEXT    NOT NULL,
    token  INTEGER NOT NULL,
    since  INTEGER NOT NULL,
    until  INTEGER NOT NULL,
    PRIMARY KEY (space, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX locks_by_token ON locks (space, token);

CREATE TABLE waiters (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    space  TEXT    NOT NULL,
    name   TEXT    NOT NULL,
    holder TEXT    NOT NULL,
    since  INTEGER NOT NULL,
    until  INTEGER NOT NULL
) STRICT;

CREATE INDEX waiters_by_lock ON waiters (space, name, number);
