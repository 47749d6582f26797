package dev.sloth.plugins.db;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Runs statements on SQLite, and asks it what they have changed: the driver tells the number of
/// the last statement that changed rows, whichever that was.
record SqliteAct(Sql sql, Link link, Connection connection) {
    private static final String SAVEPOINT = "sloth_statements";

    /// Where the shape of a database and what it says of itself are kept.
    private static final List<String> SHAPES =
            List.of(
                    "PRAGMA main.schema_version",
                    "PRAGMA temp.schema_version",
                    "PRAGMA main.user_version",
                    "PRAGMA main.application_id");

    /// What has been changed on this connection.
    ///
    /// @param all rows since it was opened, also by triggers
    /// @param last rows by the last statement that could change any
    /// @param shape changes with the tables
    private record Tally(long all, long last, List<Long> shape) {}

    Sql.Done done() throws SQLException, IOException {
        var words = sql.words();
        // Asking for the shape would keep others from writing until the transaction is over.
        boolean shapes = words.shapes();
        var before = tally(shapes);
        boolean several = words.several();
        if (several) {
            if (!sql.bindings().isEmpty()) {
                sql.alone();
            }
            all(words);
        }
        var rows = several ? Sql.none() : one();
        var after = tally(shapes);
        long all = after.all() - before.all();
        long count = several ? all : all == 0 ? 0 : after.last();
        boolean changed = all > 0 || !after.shape().equals(before.shape());
        return new Sql.Done(count, changed, words.adds() ? lastId() : "", rows);
    }

    private Rows.Read one() throws SQLException, IOException {
        try (var statement = link.running(connection.prepareStatement(sql.text()))) {
            if (!sql.executed(statement, false)) {
                return Sql.none();
            }
            try (var set = statement.getResultSet()) {
                return Rows.of(set, false);
            }
        }
    }

    /// All or none, as far as they can be undone.
    private void all(Words words) throws SQLException {
        if (words.governs()) {
            run(sql.text());
            return;
        }
        run("SAVEPOINT " + SAVEPOINT);
        boolean done = false;
        try {
            run(sql.text());
            done = true;
        } finally {
            if (!done) {
                undo();
            }
        }
        run("RELEASE " + SAVEPOINT);
    }

    /// What could not be undone must not be kept by anybody either.
    private void undo() {
        try {
            run("ROLLBACK TO " + SAVEPOINT);
            run("RELEASE " + SAVEPOINT);
        } catch (SQLException _) {
            link.close();
        }
    }

    /// Only this way does the driver do all of them.
    private void run(String text) throws SQLException {
        try (var statement = link.running(connection.createStatement())) {
            long _ = statement.executeLargeUpdate(text);
        }
    }

    private Tally tally(boolean shapes) throws SQLException {
        var shape = new ArrayList<Long>();
        for (var pragma : shapes ? SHAPES : List.<String>of()) {
            shape.add(number(pragma));
        }
        return new Tally(number("SELECT total_changes()"), number("SELECT changes()"), shape);
    }

    private long number(String question) throws SQLException {
        try (var statement = connection.createStatement();
                var set = statement.executeQuery(question)) {
            return set.next() ? set.getLong(1) : 0;
        }
    }

    private String lastId() throws SQLException {
        return Long.toString(number("SELECT last_insert_rowid()"));
    }
}
