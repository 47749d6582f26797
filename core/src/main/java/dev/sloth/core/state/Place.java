package dev.sloth.core.state;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.core.journal.DataBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Where an item is in its entry, as bytes whose order is that of the items.
final class Place {
    /// Before all others.
    static final byte[] FIRST = new byte[0];

    private static final Comparator<Value.Entry> BY_KEY =
            Comparator.comparing((Value.Entry entry) -> DataBytes.of(entry.key()), Arrays::compare);

    private Place() {}

    /// Of an item of a list. Indexes may be negative: lists grow at both ends.
    static byte[] index(long index) {
        return ByteBuffer.allocate(Long.BYTES).putLong(index ^ Long.MIN_VALUE).array();
    }

    static long index(byte[] place) {
        return ByteBuffer.wrap(place).getLong() ^ Long.MIN_VALUE;
    }

    static byte[] field(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    static String field(byte[] place) {
        return new String(place, StandardCharsets.UTF_8);
    }

    /// Of a member of a set. Equal members are equal bytes, in whatever order the keys of their
    /// tables were set.
    static byte[] member(Value member) {
        return DataBytes.of(sorted(member));
    }

    static Value member(byte[] place) {
        return DataBytes.read("a member of a set", place);
    }

    private static Value sorted(Value value) {
        return switch (value) {
            case Value.Num(var number) -> new Value.Num(number + 0.0);
            case Value.Table table -> sorted(table.entries());
            case Value.Nil _, Value.Bool _, Text _, Value.Callable _, Value.Handle _ -> value;
        };
    }

    private static DataTable sorted(List<Value.Entry> entries) {
        var table = new DataTable();
        entries.stream().sorted(BY_KEY).forEach(e -> table.put(sorted(e.key()), sorted(e.value())));
        return table;
    }
}
