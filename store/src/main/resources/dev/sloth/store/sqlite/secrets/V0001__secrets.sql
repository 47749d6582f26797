-- Encrypted secrets. Nothing here can be read without the master key. Times are nanoseconds since 1970.

CREATE TABLE master (
    one        INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    id         TEXT    NOT NULL,
    derivation TEXT    NOT NULL
) STRICT;

CREATE TABLE keys (
    space      TEXT    NOT NULL PRIMARY KEY,
    generation INTEGER NOT NULL,
    master     TEXT    NOT NULL,
    wrapped    BLOB    NOT NULL,
    at         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE versions (
    space   TEXT    NOT NULL,
    name    TEXT    NOT NULL,
    version INTEGER NOT NULL,
    size    INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    sealed  BLOB    NOT NULL,
    PRIMARY KEY (space, name, version)
) STRICT, WITHOUT ROWID;
