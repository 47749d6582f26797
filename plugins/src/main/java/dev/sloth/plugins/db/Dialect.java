package dev.sloth.plugins.db;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/// A kind of database, and where one of its kind is. The drivers are named only inside of methods,
/// so that none is loaded before it is needed.
sealed interface Dialect {
    Connection connect() throws SQLException, IOException;

    /// Where it is, without secrets.
    String shown();

    /// The last words of the database, without Java's.
    static String words(SQLException e) {
        var said = e.getMessage() == null ? "the database gave no reason" : e.getMessage();
        var state = e.getSQLState();
        boolean told = state == null || state.isEmpty();
        return told ? said : said + " (SQLSTATE " + state + ")";
    }

    /// A file of SQLite; without one it is in memory.
    record Sqlite(Path file, boolean inMemory, boolean readOnly) implements Dialect {
        @Override
        public Connection connect() throws SQLException {
            var config = new org.sqlite.SQLiteConfig();
            config.setBusyTimeout((int) Limits.BUSY_MAX.toMillis());
            config.enforceForeignKeys(true);
            config.setReadOnly(readOnly);
            var properties = config.toProperties();
            properties.setProperty(
                    org.sqlite.SQLiteConfig.Pragma.LIMIT_LENGTH.getPragmaName(),
                    Integer.toString(Limits.VALUE_MAX));
            var connection =
                    new org.sqlite.JDBC()
                            .connect("jdbc:sqlite:" + (inMemory ? ":memory:" : file), properties);
            if (connection == null) {
                throw new SQLException("SQLite does not take " + shown());
            }
            return connection;
        }

        @Override
        public String shown() {
            return inMemory ? "SQLite in memory" : "SQLite " + file;
        }
    }

    /// A database of a PostgreSQL server.
    ///
    /// @param settings by the driver's names
    record Postgres(
            String host,
            int port,
            String database,
            String user,
            String password,
            Map<String, String> settings)
            implements Dialect {
        /// The driver gives up on a result that takes more memory.
        private static final String RESULT_MAX = "128M";

        @Override
        public Connection connect() throws SQLException {
            var properties = new Properties();
            properties.putAll(settings);
            properties.setProperty("PGHOST", host);
            properties.setProperty("PGPORT", Integer.toString(port));
            properties.setProperty("PGDBNAME", database);
            properties.setProperty("user", user);
            properties.setProperty("password", password);
            properties.setProperty("stringtype", "unspecified");
            properties.setProperty("tcpKeepAlive", "true");
            properties.setProperty("maxResultBuffer", RESULT_MAX);
            var seconds = Long.toString(Limits.CONNECT_MAX.toSeconds());
            properties.putIfAbsent("connectTimeout", seconds);
            properties.putIfAbsent("ApplicationName", "sloth-runner");
            var connection = new org.postgresql.Driver().connect("jdbc:postgresql:", properties);
            if (connection == null) {
                throw new SQLException("PostgreSQL does not take " + shown());
            }
            return connection;
        }

        @Override
        public String shown() {
            return "PostgreSQL " + database + " at " + host + ":" + port;
        }

        /// Never the password.
        @Override
        public String toString() {
            return shown();
        }
    }
}
