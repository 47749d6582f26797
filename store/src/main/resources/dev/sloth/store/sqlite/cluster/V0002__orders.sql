-- The orders that agents were given and whose ends nobody has taken yet, in the order in which they were given.

CREATE TABLE agent_order (
    number      INTEGER NOT NULL PRIMARY KEY,
    id          TEXT    NOT NULL UNIQUE,
    run         TEXT    NOT NULL,
    agent       TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    why         TEXT    NOT NULL,
    result      BLOB    NOT NULL,
    shard_epoch INTEGER NOT NULL,
    given_at    INTEGER NOT NULL
) STRICT;

CREATE INDEX agent_order_by_run ON agent_order (run, number);
