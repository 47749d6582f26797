package dev.sloth.core.state;

import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.core.journal.DataBytes;
import dev.sloth.core.store.state.StateEntry;
import dev.sloth.core.store.state.StateEntry.Kind;
import dev.sloth.core.store.state.StateItem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// The items of an entry, also of one that was set as a whole table and could be a list, a hash or
/// a set.
final class Items {
    private Items() {}

    /// In the order of their places; those of a table in the order of its keys.
    ///
    /// @throws StateRefusal when it cannot be one of that kind
    static List<StateItem> of(Reading reading, StateEntry entry, Kind kind) {
        if (entry.kind() == kind) {
            var all = new ArrayList<StateItem>();
            reading.eachItem(entry, all::add);
            return all;
        }
        var entries = table(reading, entry, kind).entries();
        var items = entries.stream().map(e -> item(kind, e)).toList();
        return kind == Kind.SET ? once(items) : items;
    }

    /// A table may name a member twice, a set has it once.
    private static List<StateItem> once(List<StateItem> members) {
        var each = new TreeMap<byte[], StateItem>(Arrays::compareUnsigned);
        members.forEach(member -> each.putIfAbsent(member.place(), member));
        return List.copyOf(each.values());
    }

    /// How many there are.
    ///
    /// @throws StateRefusal as above
    static long count(Reading reading, StateEntry entry, Kind kind) {
        return entry.kind() == kind ? entry.items() : table(reading, entry, kind).entries().size();
    }

    private static Value.Table table(Reading reading, StateEntry entry, Kind kind) {
        if (entry.kind() == Kind.VALUE
                && Reading.decoded(entry.value()) instanceof Value.Table table
                && fits(table, kind)) {
            return table;
        }
        throw reading.wrongType(entry, kind.name().toLowerCase(Locale.ROOT));
    }

    private static boolean fits(Value.Table table, Kind kind) {
        return kind == Kind.HASH
                ? table.entries().stream().allMatch(e -> e.key() instanceof Text)
                : table.length() == table.entries().size();
    }

    private static StateItem item(Kind kind, Value.Entry entry) {
        return switch (kind) {
            case LIST -> new StateItem(place(entry.key()), DataBytes.of(entry.value()));
            case HASH ->
                    new StateItem(Place.field(entry.key().toString()), DataBytes.of(entry.value()));
            case SET -> new StateItem(Place.member(entry.value()), Writing.NOTHING);
            case VALUE -> throw new IllegalStateException("a value has no items");
        };
    }

    private static byte[] place(Value key) {
        return Place.index((long) ((Value.Num) key).value() - 1);
    }
}
