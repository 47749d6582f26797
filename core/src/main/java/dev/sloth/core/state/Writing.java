package dev.sloth.core.state;

import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.state.StateRefusal.Reason;
import dev.sloth.api.value.Data;
import dev.sloth.api.value.Value;
import dev.sloth.core.journal.DataBytes;
import dev.sloth.core.store.state.StateEdit;
import dev.sloth.core.store.state.StateEntry;
import dev.sloth.core.store.state.StateEntry.Kind;
import dev.sloth.core.store.state.StateFact;
import dev.sloth.core.store.state.StateUsage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// A namespace that is being changed by one piece of work, which ends with [#finish].
final class Writing {
    static final byte[] NOTHING = new byte[0];

    private final StateEdit edit;
    private final Reading reading;
    private final String causes;
    private long keys;
    private long bytes;
    private long expired;
    private boolean changed;

    /// @param causes what led to it, one cause a line
    Writing(StateEdit edit, String space, Instant now, StateLimits limits, String causes) {
        this.edit = edit;
        this.causes = causes;
        this.reading = new Reading(edit, space, now, limits);
    }

    Reading reading() {
        return reading;
    }

    StateEdit edit() {
        return edit;
    }

    String space() {
        return reading.space();
    }

    Instant now() {
        return reading.now();
    }

    /// Brings the books up to date.
    ///
    /// @throws StateRefusal when more is used than may be
    void finish() {
        if (!changed) {
            return;
        }
        var before = edit.usage(space());
        var after =
                new StateUsage(
                        before.keys() + keys,
                        before.bytes() + bytes,
                        before.expired() + expired,
                        now());
        var limits = reading.limits();
        if (keys > 0 && after.keys() > limits.keysMax()) {
            throw quota("may have %d keys, and has them".formatted(limits.keysMax()));
        }
        if (bytes > 0 && after.bytes() > limits.bytesMax()) {
            throw quota(
                    "may take %d bytes, and this would make it %d"
                            .formatted(limits.bytesMax(), after.bytes()));
        }
        edit.use(space(), after);
    }

    private StateRefusal quota(String what) {
        return new StateRefusal(
                Reason.QUOTA,
                "the namespace %s %s: delete what is not needed, give values a time to live, or raise state.max_keys or state.max_bytes"
                        .formatted(space(), what));
    }

    /// The bytes of a value that may be kept.
    byte[] encoded(Value value, String where) {
        int most = reading.limits().valueMax();
        byte[] encoded;
        try {
            encoded = DataBytes.of(Data.copyOf(value, where, most));
        } catch (Data.TooLarge _) {
            throw tooLarge(where, "more than " + most);
        } catch (IllegalArgumentException e) {
            throw Names.wrong(String.valueOf(e.getMessage()));
        }
        if (encoded.length > most) {
            throw tooLarge(where, Integer.toString(encoded.length));
        }
        return encoded;
    }

    private StateRefusal tooLarge(String where, String bytes) {
        return new StateRefusal(
                Reason.QUOTA,
                "%s takes %s bytes as it is kept, and a value may take %d: keep it in a file or an artifact, or raise state.max_value"
                        .formatted(where, bytes, reading.limits().valueMax()));
    }

    /// The live entry; one whose time is up is removed first.
    Optional<StateEntry> live(String key) {
        Names.key(key);
        var found = edit.entry(space(), key);
        if (found.isPresent() && !reading.lives(found.get())) {
            remove(found.get(), true);
            return Optional.empty();
        }
        return found;
    }

    /// Sets a whole value, in place of what was there.
    ///
    /// @param was there
    void put(String key, Optional<StateEntry> was, byte[] value, Instant expiresAt) {
        if (was.isPresent() && was.get().kind() != Kind.VALUE) {
            remove(was.get(), false);
            add(key, Kind.VALUE, value, expiresAt);
        } else if (was.isPresent()) {
            replace(was.get(), value, expiresAt);
        } else {
            add(key, Kind.VALUE, value, expiresAt);
        }
    }

    /// Adds an entry; one of a collection is yet without items.
    StateEntry add(String key, Kind kind, byte[] value, Instant expiresAt) {
        long size = value.length + (long) key.getBytes(StandardCharsets.UTF_8).length;
        var entry =
                edit.add(
                        new StateEntry(0, space(), key, kind, value, 0, size, 0, expiresAt, now()));
        count(1, size);
        if (kind == Kind.VALUE) {
            fact(entry, NOTHING, NOTHING, value, false);
        }
        return entry;
    }

    private void replace(StateEntry was, byte[] value, Instant expiresAt) {
        long size = was.bytes() - was.value().length + value.length;
        edit.replace(
                new StateEntry(
                        was.number(),
                        was.space(),
                        was.key(),
                        Kind.VALUE,
                        value,
                        0,
                        size,
                        0,
                        expiresAt,
                        now()));
        count(0, size - was.bytes());
        fact(was, NOTHING, was.value(), value, false);
    }

    /// When it expires from now on.
    void expire(StateEntry was, Instant expiresAt) {
        edit.replace(
                new StateEntry(
                        was.number(),
                        was.space(),
                        was.key(),
                        was.kind(),
                        was.value(),
                        was.items(),
                        was.bytes(),
                        was.front(),
                        expiresAt,
                        now()));
        count(0, 0);
        fact(was, NOTHING, was.value(), was.value(), false);
    }

    /// @param late whether because its time was up
    void remove(StateEntry was, boolean late) {
        if (was.kind() == Kind.VALUE) {
            fact(was, NOTHING, was.value(), NOTHING, late);
        } else {
            reading.eachItem(was, i -> fact(was, i.place(), Parts.shown(was, i), NOTHING, late));
        }
        edit.remove(was);
        count(-1, -was.bytes());
        expired += late ? 1 : 0;
    }

    void count(long moreKeys, long moreBytes) {
        keys += moreKeys;
        bytes += moreBytes;
        changed = true;
    }

    /// @param entry as it was
    void fact(StateEntry entry, byte[] place, byte[] old, byte[] now, boolean late) {
        edit.record(
                new StateFact(
                        0,
                        space(),
                        entry.key(),
                        entry.kind(),
                        place,
                        old,
                        now,
                        entry.expiresAt(),
                        late,
                        now(),
                        causes));
    }
}
