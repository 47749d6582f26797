package dev.sloth.agent.spool;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What the notes of a journal come to. Not for several threads.
final class Entries {
    private final Duration remembered;

    /// In the order in which they were accepted.
    private final Map<String, Entry> all = new LinkedHashMap<>();

    /// When each was acknowledged, in the order in which that happened.
    private final Map<String, Instant> acknowledged = new LinkedHashMap<>();

    private long bytes;

    Entries(Duration remembered) {
        this.remembered = remembered;
    }

    Optional<Entry> find(String id) {
        return Optional.ofNullable(all.get(id));
    }

    Collection<Entry> all() {
        return Collections.unmodifiableCollection(all.values());
    }

    /// When each was acknowledged that was, in the order in which that happened.
    Map<String, Instant> acknowledged() {
        return Collections.unmodifiableMap(acknowledged);
    }

    int open() {
        return all.size() - acknowledged.size();
    }

    /// How many are remembered although they were acknowledged.
    int remembered() {
        return acknowledged.size();
    }

    /// What a journal would take that holds just these.
    long bytes() {
        return bytes;
    }

    /// @return whether such a note can follow on those before
    boolean add(Note note) {
        var before = find(note.id());
        return switch (note.kind()) {
            case ACCEPTED -> {
                if (before.isPresent() && before.get().isOpen()) {
                    yield false;
                }
                // Whoever accepted it again had forgotten the first.
                before.ifPresent(this::forget);
                put(Entry.accepted(note));
                yield true;
            }
            case FINISHED -> {
                if (before.isEmpty() || before.get().result().isPresent()) {
                    yield false;
                }
                put(before.get().finished(note.content()));
                yield true;
            }
            case ACKNOWLEDGED -> {
                if (before.isEmpty() || !before.get().isOpen()) {
                    yield false;
                }
                acknowledged.put(note.id(), note.at());
                put(before.get().acknowledged(note.at()));
                yield true;
            }
        };
    }

    private void put(Entry entry) {
        Optional.ofNullable(all.put(entry.id(), entry))
                .ifPresent(before -> bytes -= before.bytes());
        bytes += entry.bytes();
    }

    /// Puts in what is the same at another place.
    void moved(Entry entry) {
        put(entry);
    }

    /// Forgets what was acknowledged long enough ago.
    void forget(Instant now) {
        while (!acknowledged.isEmpty()) {
            var eldest = acknowledged.entrySet().iterator().next();
            if (eldest.getValue().plus(remembered).isAfter(now)) {
                return;
            }
            find(eldest.getKey()).ifPresent(this::forget);
        }
    }

    private void forget(Entry entry) {
        all.remove(entry.id());
        acknowledged.remove(entry.id());
        bytes -= entry.bytes();
    }
}
