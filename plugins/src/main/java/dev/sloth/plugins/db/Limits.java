package dev.sloth.plugins.db;

import java.time.Duration;

/// What one script may use of databases.
final class Limits {
    /// Connections open at once.
    static final int CONNECTIONS_MAX = 16;

    /// Rows of one result.
    static final int ROWS_MAX = 100_000;

    /// Bytes of all texts in one result.
    static final long BYTES_MAX = 64L << 20;

    /// Bytes of one value or row of SQLite.
    static final int VALUE_MAX = 32 << 20;

    /// Letters of one statement.
    static final int SQL_MAX = 1 << 20;

    /// How long connecting may take.
    static final Duration CONNECT_MAX = Duration.ofSeconds(10);

    /// How long one statement may take unless the connection says otherwise.
    static final Duration STATEMENT_DEFAULT = Duration.ofMinutes(5);

    /// How long a cancelled statement may take to end before its connection is cut.
    static final Duration CANCEL_MAX = Duration.ofSeconds(2);

    /// How soon a cancel that was not heard is said again.
    static final Duration CANCEL_AGAIN = Duration.ofMillis(50);

    /// How long SQLite waits for another writer.
    static final Duration BUSY_MAX = Duration.ofSeconds(10);

    private Limits() {}
}
