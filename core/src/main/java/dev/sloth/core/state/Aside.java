package dev.sloth.core.state;

import dev.sloth.core.store.state.StateEntry;
import dev.sloth.core.store.state.StateFact;
import dev.sloth.core.store.state.StateLock;
import dev.sloth.core.store.state.StateUsage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The changes of a [Draft]; empty is what was removed. For use by one thread at a time.
final class Aside {
    static final Comparator<byte[]> BYTES = Arrays::compareUnsigned;

    final NavigableMap<String, Optional<StateEntry>> entries = new TreeMap<>(Names.BY_BYTES);
    final Map<Long, NavigableMap<byte[], Optional<byte[]>>> items = new HashMap<>();
    final NavigableMap<String, StateLock> locks = new TreeMap<>(Names.BY_BYTES);
    final List<StateFact> facts = new ArrayList<>();
    Optional<StateUsage> usage = Optional.empty();

    /// How many were given out.
    long tokens;

    private long added;
    private long written;

    /// Counts the bytes of a value that was written, also of one that is written over later.
    void wrote(byte[] value) {
        written += value.length;
    }

    /// How many bytes of values were written.
    long written() {
        return written;
    }

    /// Below 0, for the store does not know it.
    long nextEntry() {
        return - ++added;
    }

    static boolean isNew(StateEntry entry) {
        return entry.number() < 0;
    }

    NavigableMap<byte[], Optional<byte[]>> itemsOf(StateEntry entry) {
        return items.computeIfAbsent(entry.number(), _ -> new TreeMap<>(BYTES));
    }
}
