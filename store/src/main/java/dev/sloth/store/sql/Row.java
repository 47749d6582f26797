package dev.sloth.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/// The row that a result stands at; columns count from 1.
final class Row {
    private final ResultSet result;

    Row(ResultSet result) {
        this.result = result;
    }

    /// Reads a row.
    @FunctionalInterface
    interface Mapper<T> {
        T of(Row row) throws SQLException;
    }

    String text(int column) throws SQLException {
        return result.getString(column);
    }

    long number(int column) throws SQLException {
        return result.getLong(column);
    }

    int count(int column) throws SQLException {
        return result.getInt(column);
    }

    boolean flag(int column) throws SQLException {
        return result.getInt(column) != 0;
    }

    Instant instant(int column) throws SQLException {
        return Moments.instant(result.getLong(column));
    }

    /// Never null: a blob of no bytes is an empty array.
    byte[] bytes(int column) throws SQLException {
        byte[] bytes = result.getBytes(column);
        return bytes == null ? new byte[0] : bytes;
    }
}
