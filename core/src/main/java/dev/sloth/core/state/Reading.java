package dev.sloth.core.state;

import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.state.StateRefusal.Reason;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.core.journal.DataBytes;
import dev.sloth.core.store.state.StateEntry;
import dev.sloth.core.store.state.StateEntry.Kind;
import dev.sloth.core.store.state.StateItem;
import dev.sloth.core.store.state.StateView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// A namespace at one moment.
record Reading(StateView view, String space, Instant now, StateLimits limits) {
    private static final int PAGE = 1_000;

    /// About how many bytes of items are read at once.
    private static final long PAGE_BYTES = 1 << 20;

    /// The entry, unless its time is up.
    Optional<StateEntry> live(String key) {
        Names.key(key);
        return view.entry(space, key).filter(this::lives);
    }

    boolean lives(StateEntry entry) {
        return entry.expiresAt().isAfter(now);
    }

    /// All live entries whose keys match, in the order of their keys, without their values: all
    /// together may be more than there is memory for.
    ///
    /// @param after the key before the first that may come
    void each(Pattern pattern, String after, Visit visit) {
        var prefix = pattern.prefix();
        var from = Names.BY_BYTES.compare(after, prefix) < 0 ? prefix : after + '\0';
        while (true) {
            var page = view.outlines(space, from, PAGE);
            for (var entry : page) {
                if (!entry.key().startsWith(prefix)) {
                    return;
                }
                if (lives(entry) && pattern.matches(entry.key()) && !visit.goesOn(entry)) {
                    return;
                }
            }
            if (page.size() < PAGE) {
                return;
            }
            from = page.getLast().key() + '\0';
        }
    }

    /// Looks at entries one by one.
    @FunctionalInterface
    interface Visit {
        /// Whether the next one is wanted.
        boolean goesOn(StateEntry entry);
    }

    void eachItem(StateEntry entry, Consumer<StateItem> act) {
        byte[] from = Place.FIRST;
        int most = page(entry);
        while (true) {
            var page = view.items(entry, from, most);
            page.forEach(act);
            if (page.size() < most) {
                return;
            }
            byte[] last = page.getLast().place();
            from = Arrays.copyOf(last, last.length + 1);
        }
    }

    /// How many items of an entry are read at once.
    static int page(StateEntry entry) {
        long each = entry.bytes() / Math.max(1, entry.items());
        return Math.clamp(PAGE_BYTES / Math.max(1, each), 1, PAGE);
    }

    /// All that an entry holds, as one value.
    Value whole(StateEntry entry) {
        return whole(entry, Cost.NONE);
    }

    /// The same for an answer.
    Value whole(StateEntry entry, Cost cost) {
        return switch (entry.kind()) {
            case VALUE -> cost.decoded(entry.value());
            case LIST -> DataTable.list(each(entry, item -> cost.decoded(item.value())));
            case HASH -> {
                var table = new DataTable();
                eachItem(
                        entry,
                        i -> table.put(cost.key(Place.field(i.place())), cost.decoded(i.value())));
                yield table;
            }
            case SET ->
                    members(
                            each(
                                    entry,
                                    item -> {
                                        cost.take(DataBytes.memory(item.place()));
                                        return Place.member(item.place());
                                    }));
        };
    }

    private List<Value> each(StateEntry entry, Function<StateItem, Value> value) {
        var all = new ArrayList<Value>();
        eachItem(entry, item -> all.add(value.apply(item)));
        return all;
    }

    /// @param items in the order of their places
    static Value whole(Kind kind, byte[] value, Collection<StateItem> items) {
        return switch (kind) {
            case VALUE -> decoded(value);
            case LIST -> DataTable.list(items.stream().map(i -> decoded(i.value())).toList());
            case HASH -> {
                var table = new DataTable();
                items.forEach(i -> table.put(Place.field(i.place()), decoded(i.value())));
                yield table;
            }
            case SET -> members(items.stream().map(i -> Place.member(i.place())).toList());
        };
    }

    /// Numbers first, then texts, then all others.
    static DataTable members(List<Value> members) {
        return DataTable.list(
                members.stream()
                        .sorted(
                                Comparator.comparingInt(Reading::rank)
                                        .thenComparingDouble(
                                                m -> m instanceof Value.Num(var n) ? n : 0)
                                        .thenComparing(Place::member, Arrays::compareUnsigned))
                        .toList());
    }

    private static int rank(Value member) {
        return switch (member) {
            case Value.Num _ -> 0;
            case Text _ -> 1;
            case Value.Nil _, Value.Bool _, Value.Table _, Value.Callable _, Value.Handle _ -> 2;
        };
    }

    static Value decoded(byte[] bytes) {
        return DataBytes.read("a shared value", bytes);
    }

    /// Lua's name of the type of a value, or `list hash set`.
    String type(StateEntry entry) {
        return entry.kind() == Kind.VALUE
                ? decoded(entry.value()).type()
                : entry.kind().name().toLowerCase(Locale.ROOT);
    }

    StateRefusal wrongType(StateEntry entry, String wanted) {
        return new StateRefusal(
                Reason.TYPE, "'%s' is a %s, not a %s".formatted(entry.key(), type(entry), wanted));
    }
}
