-- Masters, shards, join tokens, agents and their sessions. Times are nanoseconds since 1970.

CREATE TABLE master (
    id          TEXT    NOT NULL PRIMARY KEY,
    incarnation INTEGER NOT NULL,
    url         TEXT    NOT NULL,
    expires     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A run belongs to one shard for ever. Only the owner under the newest epoch may write its runs.
CREATE TABLE shard (
    id    INTEGER NOT NULL PRIMARY KEY CHECK (id BETWEEN 0 AND 255),
    owner TEXT    NOT NULL,
    epoch INTEGER NOT NULL
) STRICT;

CREATE TABLE join_token (
    number      INTEGER NOT NULL PRIMARY KEY,
    id          TEXT    NOT NULL UNIQUE,
    namespace   TEXT    NOT NULL,
    secret_hash BLOB    NOT NULL,
    tags        TEXT    NOT NULL,
    region      TEXT    NOT NULL,
    uses        INTEGER NOT NULL,
    used        INTEGER NOT NULL CHECK (used <= uses),
    made_by     TEXT    NOT NULL,
    made_at     INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    revoked     INTEGER NOT NULL
) STRICT;

-- A revoked agent stays, so that its id and its key are known for ever.
CREATE TABLE agent (
    number            INTEGER NOT NULL PRIMARY KEY,
    id                TEXT    NOT NULL UNIQUE,
    namespace         TEXT    NOT NULL,
    name              TEXT    NOT NULL,
    tags              TEXT    NOT NULL,
    region            TEXT    NOT NULL,
    slots             INTEGER NOT NULL,
    key_hash          BLOB    NOT NULL UNIQUE,
    token             TEXT    NOT NULL,
    joined_at         INTEGER NOT NULL,
    certificate_until INTEGER NOT NULL,
    seen_at           INTEGER NOT NULL,
    revoked           INTEGER NOT NULL
) STRICT;

CREATE INDEX agent_by_name ON agent (namespace, name, number);
CREATE UNIQUE INDEX agent_name ON agent (namespace, name) WHERE revoked = 0;

CREATE TABLE agent_session (
    agent         TEXT    NOT NULL PRIMARY KEY,
    master        TEXT    NOT NULL,
    session_epoch INTEGER NOT NULL,
    boot_id       TEXT    NOT NULL,
    version       TEXT    NOT NULL,
    host          TEXT    NOT NULL,
    system        TEXT    NOT NULL,
    address       TEXT    NOT NULL,
    slots         INTEGER NOT NULL,
    connected_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
