package dev.sloth.plugins.db;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.data.JsonWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/// Values of a script as the values of a statement. They are read from the script before anything
/// waits.
sealed interface Binding {
    void to(PreparedStatement statement, int index) throws SQLException;

    /// What says that a text is bytes.
    String BYTES = "db.bytes";

    /// What says that a value is JSON.
    String JSON = "db.json";

    record None() implements Binding {
        @Override
        public void to(PreparedStatement statement, int index) throws SQLException {
            statement.setNull(index, Types.NULL);
        }
    }

    record Truth(boolean value) implements Binding {
        @Override
        public void to(PreparedStatement statement, int index) throws SQLException {
            statement.setBoolean(index, value);
        }
    }

    /// As small as it fits: databases widen a number by themselves, and never narrow it.
    record Whole(long value) implements Binding {
        @Override
        public void to(PreparedStatement statement, int index) throws SQLException {
            if (value == (int) value) {
                statement.setInt(index, (int) value);
            } else {
                statement.setLong(index, value);
            }
        }
    }

    record Fraction(double value) implements Binding {
        @Override
        public void to(PreparedStatement statement, int index) throws SQLException {
            statement.setDouble(index, value);
        }
    }

    record Letters(String value) implements Binding {
        @Override
        public void to(PreparedStatement statement, int index) throws SQLException {
            statement.setString(index, value);
        }
    }

    record Bytes(byte[] value) implements Binding {
        @Override
        public void to(PreparedStatement statement, int index) throws SQLException {
            statement.setBytes(index, value);
        }
    }

    /// Paid for by the script, as they are copies.
    static List<Binding> all(List<Value> values, Allowance allowance) {
        var paying = allowance.inSteps();
        var bindings = new ArrayList<Binding>(values.size());
        for (int i = 0; i < values.size(); i++) {
            bindings.add(of(values.get(i), i + 1, paying));
        }
        return bindings;
    }

    /// @throws CallFailure when no database could keep it
    private static Binding of(Value value, int index, Allowance allowance) {
        return switch (value) {
            case Value.Nil _ -> new None();
            case Value.Bool b -> new Truth(b.truthy());
            case Value.Num n when n.whole() -> new Whole((long) n.value());
            case Value.Num n -> new Fraction(n.value());
            case Text t -> text(t, allowance);
            case Value.Table t -> json(t, index, allowance);
            case Value.Handle h when h.target() instanceof byte[] bytes -> new Bytes(bytes);
            case Value.Handle h when h.target() instanceof String json -> new Letters(json);
            case Value.Handle _, Value.Callable _ ->
                    throw new CallFailure(
                            "value %d is a %s, which cannot be stored"
                                    .formatted(index, value.type()));
        };
    }

    private static Binding text(Text text, Allowance allowance) {
        allowance.take(text.bytes().length);
        try {
            var decoder = StandardCharsets.UTF_8.newDecoder();
            return new Letters(decoder.decode(ByteBuffer.wrap(text.bytes())).toString());
        } catch (CharacterCodingException _) {
            return new Bytes(text.bytes());
        }
    }

    private static Binding json(Value value, int index, Allowance allowance) {
        try {
            return new Letters(JsonWriter.write(value, 0, allowance));
        } catch (IllegalArgumentException e) {
            throw new CallFailure("value " + index + ": " + e.getMessage(), e);
        }
    }
}
