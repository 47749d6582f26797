package dev.sloth.plugins.db;

import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Data;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.data.DocumentBounds;
import dev.sloth.plugins.data.Json;
import dev.sloth.plugins.data.Parsed;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a database answers, as values of a script.
final class Rows {
    /// Numbers with more digits are given as text, which loses none.
    private static final int DIGITS_MAX = 15;

    /// Up to here a number tells each integer from the next.
    private static final long WHOLE_MAX = 1L << 53;

    /// About what a row takes without its values, with its place in the list.
    private static final int ROW_BYTES = 4 * Data.VALUE_BYTES;

    private final ResultSet set;
    private final List<Column> columns = new ArrayList<>();
    private final boolean typed;
    private final Allowance allowance;
    private long bytes;

    private record Column(String label, int type, String typeName) {}

    /// @param columns their names, in order
    record Read(List<Value> rows, List<Value> columns) {}

    private Rows(ResultSet set, boolean typed, Allowance allowance) throws SQLException {
        this.set = set;
        this.typed = typed;
        this.allowance = new Asked(allowance).inSteps();
        var about = set.getMetaData();
        for (int i = 1; i <= about.getColumnCount(); i++) {
            columns.add(
                    new Column(
                            about.getColumnLabel(i),
                            about.getColumnType(i),
                            about.getColumnTypeName(i)));
        }
    }

    /// @param typed whether the types of columns say what is in them; in SQLite each value does
    /// @param allowance what pays for them
    /// @throws IOException when there is more than one result may hold
    /// @throws Denied when the allowance does not give what they take
    static Read of(ResultSet set, boolean typed, Allowance allowance)
            throws SQLException, IOException {
        return new Rows(set, typed, allowance).read();
    }

    /// What an allowance threw on the connection's thread, for those who wait for it: drivers throw
    /// all kinds of things, and this is none of theirs.
    static final class Denied extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Denied(Throwable thrown) {
            super(thrown);
        }
    }

    private record Asked(Allowance of) implements Allowance {
        @Override
        public void take(long bytes) {
            try {
                of.take(bytes);
            } catch (RuntimeException | Error e) {
                throw new Denied(e);
            }
        }
    }

    private Read read() throws SQLException, IOException {
        var rows = new ArrayList<Value>();
        while (set.next()) {
            if (rows.size() == Limits.ROWS_MAX) {
                throw new IOException(
                        "the result has more than " + Limits.ROWS_MAX + " rows: ask with LIMIT");
            }
            allowance.take(ROW_BYTES);
            rows.add(row());
        }
        var names = columns.stream().<Value>map(column -> Text.of(column.label())).toList();
        return new Read(rows, names);
    }

    private DataTable row() throws SQLException, IOException {
        var row = new DataTable();
        for (int i = 0; i < columns.size(); i++) {
            var value = value(columns.get(i), i + 1);
            allowance.take(2 * Data.VALUE_BYTES);
            if (value instanceof Text text) {
                allowance.take(text.bytes().length);
                bytes += text.bytes().length;
                if (bytes > Limits.BYTES_MAX) {
                    throw new IOException(
                            "the result has more than " + Limits.BYTES_MAX + " bytes");
                }
            }
            row.with(columns.get(i).label(), value);
        }
        return row;
    }

    private Value value(Column column, int index) throws SQLException {
        if (!typed) {
            return of(set.getObject(index));
        }
        var timed =
                switch (column.type()) {
                    case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
                            column.typeName().equals("timestamptz")
                                    ? moment(index)
                                    : plain(set.getObject(index, LocalDateTime.class));
                    case Types.DATE -> plain(set.getObject(index, LocalDate.class));
                    case Types.TIME, Types.TIME_WITH_TIMEZONE, Types.SQLXML, Types.OTHER ->
                            other(column, index);
                    default -> null;
                };
        return timed == null ? of(set.getObject(index)) : timed;
    }

    private Value moment(int index) throws SQLException {
        var moment = set.getObject(index, OffsetDateTime.class);
        return moment == null ? Value.Nil.NIL : Text.of(moment.toInstant().toString());
    }

    private static Value plain(@Nullable Object time) {
        return time == null ? Value.Nil.NIL : Text.of(time.toString());
    }

    /// Types that only the database knows: JSON as what it means, others as it writes them.
    private Value other(Column column, int index) throws SQLException {
        var text = set.getString(index);
        if (text == null) {
            return Value.Nil.NIL;
        }
        boolean json = column.typeName().equals("json") || column.typeName().equals("jsonb");
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return json
                        && Json.parse(bytes, DocumentBounds.STANDARD.paidBy(allowance))
                                instanceof Parsed.Good(var value)
                ? value
                : Text.of(text);
    }

    private Value of(@Nullable Object found) throws SQLException {
        return switch (found) {
            case null -> Value.Nil.NIL;
            case Boolean b -> Value.Bool.of(b);
            case Long n -> whole(n);
            case BigDecimal n when !isHeld(n) -> Text.of(n.toPlainString());
            case Number n -> new Value.Num(n.doubleValue());
            case byte[] b -> Text.ofBytes(b);
            case Array array -> list(array);
            default -> Text.of(String.valueOf(found));
        };
    }

    /// An integer, as text where a number would lose digits.
    static Value whole(long n) {
        return n > WHOLE_MAX || n < -WHOLE_MAX
                ? Text.of(Long.toString(n))
                : new Value.Num((double) n);
    }

    /// Whether a number keeps all digits of this one.
    private static boolean isHeld(BigDecimal n) {
        double number = n.doubleValue();
        return n.precision() <= DIGITS_MAX
                && Double.isFinite(number)
                && BigDecimal.valueOf(number).compareTo(n) == 0;
    }

    private Value list(Array array) throws SQLException {
        var items = new ArrayList<Value>();
        if (array.getArray() instanceof Object[] objects) {
            for (var object : objects) {
                allowance.take(2 * Data.VALUE_BYTES);
                items.add(of(object));
            }
        }
        return DataTable.list(items);
    }
}
