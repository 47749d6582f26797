package dev.sloth.plugins.db;

import dev.sloth.api.plugin.CallFailure;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// One statement and the values that are bound to it.
record Sql(String text, List<Binding> bindings) {
    private static final Set<String> COUNTING =
            Set.of("insert", "update", "delete", "replace", "merge");
    private static final Pattern FIRST_WORD =
            Pattern.compile("(?s)(?:\\s|--[^\\n]*+(?:\\n|$)|/\\*.*?\\*/)*+(\\w*+).*+");

    /// What one statement did.
    ///
    /// @param counted whether the count says if it changed anything
    /// @param lastId what the database calls the row it added last; empty when it does not say
    record Done(long count, boolean counted, String lastId, Rows.Read rows) {}

    Sql {
        if (text.isBlank() || text.length() > Limits.SQL_MAX) {
            throw new CallFailure("sql has from 1 to " + Limits.SQL_MAX + " letters");
        }
    }

    Rows.Read ask(Link link, Connection connection) throws SQLException, IOException {
        boolean typed = !(link.dialect() instanceof Dialect.Sqlite);
        alone(typed);
        try (var statement = link.running(connection.prepareStatement(text))) {
            if (!executed(statement, typed)) {
                return new Rows.Read(List.of(), List.of());
            }
            try (var set = statement.getResultSet()) {
                return Rows.of(set, typed);
            }
        }
    }

    /// @param counting whether the database counts the values itself; SQLite takes NULL for those
    ///   that are missing
    private boolean executed(PreparedStatement statement, boolean counting)
            throws SQLException, IOException {
        if (!counting) {
            int wanted = statement.getParameterMetaData().getParameterCount();
            if (wanted != bindings.size()) {
                throw new IOException(
                        "the statement has %d places for values, and %d were given"
                                .formatted(wanted, bindings.size()));
            }
        }
        statement.setMaxRows(Limits.ROWS_MAX + 1);
        for (int i = 0; i < bindings.size(); i++) {
            bindings.get(i).to(statement, i + 1);
        }
        return statement.execute();
    }

    Done act(Link link, Connection connection) throws SQLException, IOException {
        boolean sqlite = link.dialect() instanceof Dialect.Sqlite;
        if (sqlite && bindings.isEmpty() && several()) {
            // only this way does the driver do all of them
            try (var statement = link.running(connection.createStatement())) {
                return new Done(statement.executeLargeUpdate(text), counts(), "", none());
            }
        }
        alone(!sqlite);
        try (var statement = link.running(connection.prepareStatement(text))) {
            if (executed(statement, !sqlite)) {
                try (var set = statement.getResultSet()) {
                    var read = Rows.of(set, !sqlite);
                    return new Done(read.rows().size(), counts(), lastId(link, connection), read);
                }
            }
            long count = Math.max(0, statement.getUpdateCount());
            return new Done(count, counts(), lastId(link, connection), none());
        }
    }

    private static Rows.Read none() {
        return new Rows.Read(List.of(), List.of());
    }

    private String firstWord() {
        var match = FIRST_WORD.matcher(text);
        return match.matches() ? match.group(1).toLowerCase(Locale.ROOT) : "";
    }

    private boolean counts() {
        return COUNTING.contains(firstWord());
    }

    private String lastId(Link link, Connection connection) throws SQLException {
        boolean adds = firstWord().equals("insert") || firstWord().equals("replace");
        if (!adds || !(link.dialect() instanceof Dialect.Sqlite)) {
            return "";
        }
        try (var statement = connection.createStatement();
                var set = statement.executeQuery("SELECT last_insert_rowid()")) {
            return set.next() ? set.getString(1) : "";
        }
    }

    /// The driver of SQLite would do the first of several statements and say nothing of the others.
    private void alone(boolean other) throws IOException {
        if (!other && several()) {
            throw new IOException(
                    "sql holds several statements: only db.exec without values does them all");
        }
    }

    /// Whether there is something behind a semicolon that is neither quoted nor a comment.
    private boolean several() {
        boolean ended = false;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int next = after(c, at);
            boolean comment = (c == '-' || c == '/') && next > at + 1;
            if (ended && !comment && !Character.isWhitespace(c) && c != ';') {
                return true;
            }
            ended |= c == ';';
            at = next;
        }
        return false;
    }

    /// Where what begins here ends: a quoted text, a comment, or a letter.
    private int after(char c, int at) {
        return switch (c) {
            case '\'', '"', '`' -> behind(String.valueOf(c), at + 1);
            case '[' -> behind("]", at + 1);
            case '-' -> text.startsWith("--", at) ? behind("\n", at + 2) : at + 1;
            case '/' -> text.startsWith("/*", at) ? behind("*/", at + 2) : at + 1;
            default -> at + 1;
        };
    }

    private int behind(String end, int from) {
        int found = text.indexOf(end, from);
        return found < 0 ? text.length() : found + end.length();
    }
}
