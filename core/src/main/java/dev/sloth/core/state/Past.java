package dev.sloth.core.state;

import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.state.StateRefusal.Reason;
import dev.sloth.api.value.Value;
import dev.sloth.core.store.state.StateEntry.Kind;
import dev.sloth.core.store.state.StateFact;
import dev.sloth.core.store.state.StateItem;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a key held at an earlier time: what it holds now, and all changes since then taken back.
final class Past {
    /// How many changes are taken back at most.
    static final int FACTS_MAX = 10_000;

    private Kind kind = Kind.VALUE;
    private byte[] value = Writing.NOTHING;
    private final Map<byte[], StateItem> items = new TreeMap<>(Arrays::compareUnsigned);
    private Instant expiresAt = Instant.MAX;

    private Past() {}

    /// Empty when there was nothing, or its time was up.
    static Optional<Value> of(Reading reading, String key, Instant at) {
        check(reading, at);
        var facts = reading.view().changesSince(reading.space(), key, at, FACTS_MAX);
        if (facts.size() == FACTS_MAX) {
            throw forgotten("'%s' changed more than %d times since then".formatted(key, FACTS_MAX));
        }
        var past = new Past();
        past.begin(reading, key);
        facts.forEach(past::takeBack);
        return past.at(at);
    }

    private static void check(Reading reading, Instant at) {
        if (at.isAfter(reading.now())) {
            throw Names.wrong("%s is yet to come: nobody knows what will be there".formatted(at));
        }
        var kept = reading.now().minus(reading.limits().history());
        if (at.isBefore(kept) || at.isBefore(reading.view().memory().forgottenBefore())) {
            throw forgotten(
                    "%s is longer ago than changes are remembered, which is %d s (state.history)"
                            .formatted(at, reading.limits().history().toSeconds()));
        }
    }

    private static StateRefusal forgotten(String why) {
        return new StateRefusal(Reason.FORGOTTEN, why);
    }

    private void begin(Reading reading, String key) {
        var now = reading.view().entry(reading.space(), key);
        if (now.isEmpty()) {
            return;
        }
        kind = now.get().kind();
        value = now.get().value();
        expiresAt = now.get().expiresAt();
        reading.eachItem(now.get(), item -> items.put(item.place(), item));
    }

    private void takeBack(StateFact fact) {
        kind = fact.kind();
        expiresAt = fact.expiry();
        if (fact.kind() == Kind.VALUE) {
            value = fact.old();
        } else if (fact.place().length > 0 && fact.old().length == 0) {
            items.remove(fact.place());
        } else if (fact.place().length > 0) {
            items.put(fact.place(), new StateItem(fact.place(), fact.old()));
        }
    }

    private Optional<Value> at(Instant time) {
        boolean there = kind == Kind.VALUE ? value.length > 0 : !items.isEmpty();
        return there && expiresAt.isAfter(time)
                ? Optional.of(Reading.whole(kind, value, items.values()))
                : Optional.empty();
    }
}
