package dev.sloth.store.sqlite;

import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.sqlite.jdbc4.JDBC4Connection;

/// Opens connections to one file.
final class Links {
    /// What every connection needs.
    private static final String EVERY =
            """
            PRAGMA foreign_keys = ON;
            PRAGMA synchronous = FULL;
            PRAGMA temp_store = MEMORY;
            PRAGMA cell_size_check = ON;
            """;

    private static final String READING = "PRAGMA query_only = ON;";

    private final Path file;
    private final Schema schema;
    private final StoreConfig config;

    Links(Path file, Schema schema, StoreConfig config) {
        this.file = file;
        this.schema = schema;
        this.config = config;
    }

    Path file() {
        return file;
    }

    /// For one that writes to a file of the newest version.
    Connection writing() throws SQLException {
        return checked(
                EVERY
                        + "PRAGMA max_page_count = "
                        + config.pagesMax()
                        + "; PRAGMA wal_autocheckpoint = "
                        + Checkpoints.PAGES_AT_A_COMMIT
                        + ";");
    }

    /// For one that only reads a file of the newest version.
    Connection reading() throws SQLException {
        return checked(EVERY + READING);
    }

    /// The file may have changed hands since the store was opened.
    private Connection checked(String pragmas) throws SQLException {
        var connection = raw("");
        try {
            run(connection, pragmas);
            refuseOther(version(connection));
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /// A connection to whatever the file is.
    ///
    /// @param how parameters of SQLite's file names
    Connection raw(String how) throws SQLException {
        var properties = new Properties();
        properties.setProperty("busy_timeout", Long.toString(config.busyWait().toMillis()));
        return new JDBC4Connection("jdbc:sqlite:", address(file) + how, properties);
    }

    /// As a URI, in which a path may have any character.
    private static String address(Path file) {
        return "file:"
                + URLEncoder.encode(file.toAbsolutePath().toString(), StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("%2F", "/");
    }

    void refuseOther(int version) {
        if (version > schema.version()) {
            throw new StoreFailure(
                    Reason.NEWER,
                    "%s was written by a later version of Sloth Runner (it has format %d, this one knows %d): use that version, or set SLOTH_HOME to another folder"
                            .formatted(file, version, schema.version()));
        }
        if (version < schema.version()) {
            throw new StoreFailure(
                    Reason.BROKEN,
                    "%s was exchanged for one of format %d while it was in use"
                            .formatted(file, version));
        }
    }

    static int version(Connection connection) throws SQLException {
        return Math.toIntExact(number(connection, "PRAGMA user_version"));
    }

    static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            return result.next() ? result.getLong(1) : 0;
        }
    }

    /// Runs any number of statements.
    static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
