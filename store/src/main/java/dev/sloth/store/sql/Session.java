package dev.sloth.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A connection with its prepared statements. One thread at a time.
public final class Session implements AutoCloseable {
    private final Connection connection;
    private final Consumer<String> beforeStatement;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    /// @param beforeStatement is told the name of each statement before it runs; what it throws
    ///   goes to whoever runs the statement
    public Session(Connection connection, Consumer<String> beforeStatement) {
        this.connection = connection;
        this.beforeStatement = beforeStatement;
    }

    /// @return how many rows changed
    public int update(Sql sql, Object... values) throws SQLException {
        return bound(sql, values).executeUpdate();
    }

    /// Runs a statement that answers nothing to its end, however many steps that has.
    public void run(Sql sql) throws SQLException {
        beforeStatement.accept(sql.name());
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql.text());
        }
    }

    /// The only number that a statement answers; 0 when it answers nothing.
    public long number(Sql sql, Object... values) throws SQLException {
        return find(sql, row -> row.number(1), values).orElse(0L);
    }

    <T> List<T> list(Sql sql, Row.Mapper<T> mapper, Object... values) throws SQLException {
        var rows = new ArrayList<T>();
        try (var result = bound(sql, values).executeQuery()) {
            var row = new Row(result);
            while (result.next()) {
                rows.add(mapper.of(row));
            }
        }
        return rows;
    }

    /// The only row, or none.
    <T> Optional<T> find(Sql sql, Row.Mapper<T> mapper, Object... values) throws SQLException {
        try (var result = bound(sql, values).executeQuery()) {
            return result.next() ? Optional.of(mapper.of(new Row(result))) : Optional.empty();
        }
    }

    private PreparedStatement bound(Sql sql, Object... values) throws SQLException {
        beforeStatement.accept(sql.name());
        var statement = statement(sql);
        for (int i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
        }
        return statement;
    }

    private PreparedStatement statement(Sql sql) throws SQLException {
        var known = prepared.get(sql.text());
        if (known != null) {
            return known;
        }
        var statement = connection.prepareStatement(sql.text());
        prepared.put(sql.text(), statement);
        return statement;
    }

    /// By hand: the first switch over types costs a short command more time than its query.
    @SuppressWarnings("IfChainToSwitch")
    private static void bind(PreparedStatement statement, int place, Object value)
            throws SQLException {
        if (value instanceof String text) {
            statement.setString(place, text);
        } else if (value instanceof Long number) {
            statement.setLong(place, number);
        } else if (value instanceof Integer number) {
            statement.setInt(place, number);
        } else if (value instanceof Boolean flag) {
            statement.setInt(place, flag ? 1 : 0);
        } else if (value instanceof Instant instant) {
            statement.setLong(place, Moments.number(instant));
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(place, bytes);
        } else {
            throw new IllegalArgumentException("no column holds " + value.getClass());
        }
    }

    @Override
    public void close() throws SQLException {
        for (var statement : prepared.values()) {
            statement.close();
        }
        prepared.clear();
        connection.close();
    }
}
