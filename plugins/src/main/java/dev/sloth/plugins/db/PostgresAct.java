package dev.sloth.plugins.db;

import dev.sloth.api.value.Value;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;

/// Runs statements on PostgreSQL, all or none, and adds up what it says of each.
record PostgresAct(Sql sql, Link link, Connection connection) {
    /// Of notes that something is there already.
    private static final String THERE_ALREADY = "42";

    Sql.Done done() throws SQLException, IOException {
        var words = sql.words();
        try (var statement = link.running(connection.prepareStatement(sql.text()))) {
            boolean set = sql.executed(statement, true);
            var rows = Sql.none();
            long count = 0;
            for (int i = 0; set || statement.getUpdateCount() >= 0; i++) {
                if (set) {
                    try (var results = statement.getResultSet()) {
                        rows = Rows.of(results, true, sql.allowance());
                    }
                    count += words.counts(i) ? rows.rows().size() : 0;
                } else {
                    count += statement.getUpdateCount();
                }
                set = statement.getMoreResults();
            }
            boolean shaped = words.shapes() && !(words.creates() && isThere(statement));
            return new Sql.Done(count, count > 0 || shaped, Value.Nil.NIL, rows);
        }
    }

    /// Whether nothing was created because it is there.
    private static boolean isThere(Statement statement) throws SQLException {
        for (SQLWarning note = statement.getWarnings();
                note != null;
                note = note.getNextWarning()) {
            var state = note.getSQLState();
            if (state != null && state.startsWith(THERE_ALREADY)) {
                return true;
            }
        }
        return false;
    }
}
