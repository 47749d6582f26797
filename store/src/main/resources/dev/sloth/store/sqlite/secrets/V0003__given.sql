-- What runs that have not ended were given: what their commands print is hidden by it.

CREATE TABLE given (
    run    TEXT    NOT NULL PRIMARY KEY,
    space  TEXT    NOT NULL,
    at     INTEGER NOT NULL,
    sealed BLOB    NOT NULL
) STRICT;
