package dev.sloth.plugins.db;

import dev.sloth.api.value.Value;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Runs statements on SQLite, and asks it what they have changed: the driver tells the number of
/// the last statement that changed rows, whichever that was.
record SqliteAct(Sql sql, Link link, Connection connection) {
    private static final String SAVEPOINT = "sloth_statements";

    /// Where the shape of a database and what it says of itself are kept.
    private static final List<String> SHAPES =
            List.of("schema_version", "user_version", "application_id", "auto_vacuum");

    /// The one way to keep a journal that the database remembers; the others are the connection's.
    private static final String REMEMBERED_JOURNAL = "wal";

    /// The database of the connection alone, which is only listed when something is in it.
    private static final String TEMPORARY = "temp";

    private static final int NAME_COLUMN = 2;

    /// What has been changed on this connection.
    ///
    /// @param all rows since it was opened, also by triggers
    /// @param last rows by the last statement that could change any
    /// @param shapes of each database at hand, which change with its tables
    private record Tally(long all, long last, Map<String, List<String>> shapes) {
        /// Whether a database has another shape, as far as it was at hand both times.
        boolean isShapedOtherwise(Tally before) {
            return before.shapes.entrySet().stream()
                    .anyMatch(each ->
                            !each.getValue()
                                    .equals(shapes.getOrDefault(each.getKey(), each.getValue())));
        }

        boolean reachesSame(Tally before) {
            return shapes.keySet().equals(before.shapes.keySet());
        }
    }

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
        // What was done within one that came or went has not been seen.
        boolean unseen = !after.reachesSame(before) && words.shapesWithin();
        boolean changed = all > 0 || unseen || after.isShapedOtherwise(before);
        var lastId = words.adds() && count > 0 ? lastId() : Value.Nil.NIL;
        return new Sql.Done(count, changed, lastId, rows);
    }

    private Rows.Read one() throws SQLException, IOException {
        try (var statement = link.running(connection.prepareStatement(sql.text()))) {
            if (!sql.executed(statement, false)) {
                return Sql.none();
            }
            try (var set = statement.getResultSet()) {
                return Rows.of(set, false, sql.allowance());
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
        long all = number("SELECT total_changes()");
        long last = number("SELECT changes()");
        var found = new HashMap<String, List<String>>();
        if (shapes) {
            found.put(TEMPORARY, shape(TEMPORARY));
            for (var name : texts("PRAGMA database_list", NAME_COLUMN)) {
                found.put(name, shape(name));
            }
        }
        return new Tally(all, last, found);
    }

    private List<String> shape(String database) throws SQLException {
        var pragma = "PRAGMA \"" + database.replace("\"", "\"\"") + "\".";
        var shape = new ArrayList<String>();
        for (var each : SHAPES) {
            shape.addAll(texts(pragma + each, 1));
        }
        boolean remembered = texts(pragma + "journal_mode", 1).contains(REMEMBERED_JOURNAL);
        shape.add(Boolean.toString(remembered));
        return shape;
    }

    private long number(String question) throws SQLException {
        try (var statement = connection.createStatement();
                var set = statement.executeQuery(question)) {
            return set.next() ? set.getLong(1) : 0;
        }
    }

    private List<String> texts(String question, int column) throws SQLException {
        var texts = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var set = statement.executeQuery(question)) {
            while (set.next()) {
                texts.add(String.valueOf(set.getString(column)));
            }
        }
        return texts;
    }

    private Value lastId() throws SQLException {
        return Rows.whole(number("SELECT last_insert_rowid()"));
    }
}
