-- Whether agents get work, who may call, and what everybody did.

ALTER TABLE agent ADD COLUMN draining INTEGER NOT NULL DEFAULT 0;

-- A removed agent is revoked as well.
ALTER TABLE agent ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;

-- Whoever was revoked stays, so that their key is known for ever.
CREATE TABLE access (
    number     INTEGER NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    role       TEXT    NOT NULL,
    key_hash   BLOB    NOT NULL UNIQUE,
    made_by    TEXT    NOT NULL,
    made_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked    INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX access_name ON access (name) WHERE revoked = 0;

CREATE TABLE audit (
    number   INTEGER NOT NULL PRIMARY KEY,
    at       INTEGER NOT NULL,
    who      TEXT    NOT NULL,
    address  TEXT    NOT NULL,
    what     TEXT    NOT NULL,
    object   TEXT    NOT NULL,
    decision TEXT    NOT NULL CHECK (decision IN ('allowed', 'refused')),
    code     TEXT    NOT NULL,
    outcome  TEXT    NOT NULL,
    times    INTEGER NOT NULL CHECK (times > 0)
) STRICT;

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is only ever added to');
END;

CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is only ever added to');
END;

-- A row that is put in the place of another would be removed without the trigger above.
CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE number = NEW.number)
BEGIN
    SELECT RAISE(ABORT, 'the audit log is only ever added to');
END;
