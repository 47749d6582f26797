package dev.sloth.core.state;

import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.state.StateRefusal.Reason;
import dev.sloth.core.store.state.StateEntry;
import dev.sloth.core.store.state.StateEntry.Kind;
import dev.sloth.core.store.state.StateItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A list, a hash or a set that is being changed; ends with [#store]. One without items is not
/// kept.
final class Parts {
    private final Writing writing;
    private final StateEntry entry;
    private long items;
    private long bytes;
    private long front;

    private Parts(Writing writing, StateEntry entry) {
        this.writing = writing;
        this.entry = entry;
        this.items = entry.items();
        this.bytes = entry.bytes();
        this.front = entry.front();
    }

    /// The collection under a key, made when there is none.
    static Parts open(Writing writing, String key, Kind kind) {
        return find(writing, key, kind)
                .orElseGet(() ->
                        new Parts(writing, writing.add(key, kind, Writing.NOTHING, Instant.MAX)));
    }

    /// The collection under a key, if there is one. A table that was set as a whole becomes one.
    ///
    /// @throws StateRefusal when what is there cannot be one
    static Optional<Parts> find(Writing writing, String key, Kind kind) {
        var found = writing.live(key);
        if (found.isEmpty() || found.get().kind() == kind) {
            return found.map(entry -> new Parts(writing, entry));
        }
        var was = found.get();
        var items = Items.of(writing.reading(), was, kind);
        writing.remove(was, false);
        return Optional.of(made(writing, key, kind, was.expiresAt(), items));
    }

    /// A collection that is new.
    static Parts made(
            Writing writing, String key, Kind kind, Instant expiresAt, List<StateItem> items) {
        var made = new Parts(writing, writing.add(key, kind, Writing.NOTHING, expiresAt));
        items.forEach(item -> made.put(item.place(), item.value()));
        return made;
    }

    /// A collection that was removed, under another key.
    static void move(Writing writing, String key, StateEntry was, List<StateItem> items) {
        var moved = made(writing, key, was.kind(), was.expiresAt(), items);
        moved.front(was.front());
        moved.store();
    }

    long size() {
        return items;
    }

    /// The index of a list's first item.
    long front() {
        return front;
    }

    void front(long index) {
        front = index;
    }

    Optional<byte[]> at(byte[] place) {
        return writing.edit().item(entry, place);
    }

    List<StateItem> all() {
        var all = new ArrayList<StateItem>();
        writing.reading().eachItem(entry, all::add);
        return all;
    }

    /// @param value empty for a member of a set
    void put(byte[] place, byte[] value) {
        var old = at(place);
        var item = new StateItem(place, value);
        writing.edit().putItem(entry, item);
        items += old.isPresent() ? 0 : 1;
        bytes += value.length - old.map(o -> (long) o.length).orElse((long) -place.length);
        if (items > writing.reading().limits().itemsMax()) {
            throw new StateRefusal(
                    Reason.QUOTA,
                    "'%s' may have %d items, and has them: raise state.max_items, or use several keys"
                            .formatted(entry.key(), writing.reading().limits().itemsMax()));
        }
        var before = old.map(o -> shown(entry, new StateItem(place, o))).orElse(Writing.NOTHING);
        writing.fact(entry, place, before, shown(entry, item), false);
    }

    /// An item that is there.
    void drop(StateItem item) {
        writing.edit().removeItem(entry, item.place());
        items--;
        bytes -= item.place().length + item.value().length;
        writing.fact(entry, item.place(), shown(entry, item), Writing.NOTHING, false);
    }

    /// An item as changes tell of it: a member of a set is its own value.
    static byte[] shown(StateEntry entry, StateItem item) {
        return entry.kind() == Kind.SET ? item.place() : item.value();
    }

    void store() {
        if (items == 0) {
            writing.edit().remove(entry);
            writing.count(-1, -entry.bytes());
            return;
        }
        writing.edit()
                .replace(
                        new StateEntry(
                                entry.number(),
                                entry.space(),
                                entry.key(),
                                entry.kind(),
                                Writing.NOTHING,
                                items,
                                bytes,
                                front,
                                entry.expiresAt(),
                                writing.now()));
        writing.count(0, bytes - entry.bytes());
    }
}
