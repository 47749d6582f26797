package dev.sloth.plugins.db;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Value;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/// One statement and the values that are bound to it.
///
/// @param allowance what pays for the rows that it gives
record Sql(String text, List<Binding> bindings, Allowance allowance) {
    /// What was done.
    ///
    /// @param count how many rows were changed
    /// @param changed whether anything was
    /// @param lastId what the database calls the row it added last; nil when it does not say
    record Done(long count, boolean changed, Value lastId, Rows.Read rows) {}

    Sql {
        if (text.length() > Limits.SQL_MAX) {
            throw new CallFailure("sql has at most " + Limits.SQL_MAX + " letters");
        }
        if (Words.of(text).none()) {
            throw new CallFailure("sql holds no statement");
        }
    }

    Rows.Read ask(Link link, Connection connection) throws SQLException, IOException {
        boolean typed = !(link.dialect() instanceof Dialect.Sqlite);
        if (!typed) {
            alone();
        }
        try (var statement = link.running(connection.prepareStatement(text))) {
            if (!executed(statement, typed)) {
                return new Rows.Read(List.of(), List.of());
            }
            try (var set = statement.getResultSet()) {
                return Rows.of(set, typed, allowance);
            }
        }
    }

    /// @param counting whether the database counts the values itself; SQLite takes NULL for those
    ///   that are missing
    boolean executed(PreparedStatement statement, boolean counting)
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
        return link.dialect() instanceof Dialect.Sqlite
                ? new SqliteAct(this, link, connection).done()
                : new PostgresAct(this, link, connection).done();
    }

    static Rows.Read none() {
        return new Rows.Read(List.of(), List.of());
    }

    Words words() {
        return Words.of(text);
    }

    /// The driver of SQLite would do the first of several statements and say nothing of the others.
    void alone() throws IOException {
        if (words().several()) {
            throw new IOException(
                    "sql holds several statements: only db.exec without values does them all");
        }
    }
}
