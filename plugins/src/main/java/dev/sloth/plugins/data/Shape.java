package dev.sloth.plugins.data;

import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Value;
import java.util.List;
import java.util.Map;

/// A value as document formats see it: lists apart from maps, keys as text, numbers as digits.
sealed interface Shape {
    /// A list with fewer holes than this times its items is still a list.
    int HOLES_FACTOR = 2;

    /// So many holes are borne in any list.
    int HOLES_BORNE = 8;

    record Null() implements Shape {}

    record Flag(boolean value) implements Shape {}

    record Amount(double value) implements Shape {
        String digits() {
            if (value == Math.rint(value) && Math.abs(value) <= 0x1p53) {
                return 1 / value == Double.NEGATIVE_INFINITY ? "-0.0" : Long.toString((long) value);
            }
            return Double.toString(value);
        }
    }

    record Characters(String value) implements Shape {}

    /// Text that is not UTF-8.
    record Bytes(byte[] value) implements Shape {}

    record Sequence(List<Shape> items) implements Shape {}

    record Mapping(Map<String, Shape> fields) implements Shape {}

    /// How an empty table is written.
    enum Empty {
        MAPPING,
        SEQUENCE
    }

    /// The shape of a value, made at the cost of the script it is of.
    ///
    /// @throws IllegalArgumentException when the value is not data, saying where
    static Shape of(Value value, Empty empty, Allowance allowance) {
        return new Shaping(empty, allowance).of(value);
    }
}
