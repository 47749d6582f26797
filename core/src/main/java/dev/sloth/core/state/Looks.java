package dev.sloth.core.state;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateCommand.Look;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.value.Data;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.core.journal.DataBytes;
import dev.sloth.core.store.state.StateEntry;
import dev.sloth.core.store.state.StateEntry.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Answers questions.
final class Looks {
    /// How many keys a page, or one question about many, may have.
    static final int KEYS_MAX = 100_000;

    private static final double NANOS = 1e9;
    private static final int NEVER = -1;
    private static final int ABSENT = -2;

    private final Reading reading;
    private final Cost cost;

    /// @param cost of the answer
    Looks(Reading reading, Cost cost) {
        this.reading = reading;
        this.cost = cost;
    }

    Answer answer(Look look) {
        return switch (look) {
            case StateCommand.Get(var key, var at) -> get(key, at);
            case StateCommand.GetMany(var keys) -> many(keys);
            case StateCommand.Exists(var key) -> Answer.of(reading.live(key).isPresent());
            case StateCommand.Ttl(var key) -> Answer.of(ttl(key));
            case StateCommand.Type(var key) ->
                    Answer.of(Text.of(reading.live(key).map(reading::type).orElse("nil")));
            case StateCommand.Size(var key) ->
                    reading.live(key).map(e -> Answer.of(e.bytes())).orElse(Answer.NOT);
            case StateCommand.Keys keys -> keys(keys);
            case StateCommand.Stats _ -> stats();
            case StateCommand.Length(var key) ->
                    Answer.of(
                            reading.live(key)
                                    .map(e -> Items.count(reading, e, Kind.LIST))
                                    .orElse(0L));
            case StateCommand.Range(var key, long from, long to) -> range(key, from, to);
            case StateCommand.GetField(var key, var field) -> field(key, field);
            case StateCommand.Fields(var key) -> Answer.of(whole(key, Kind.HASH));
            case StateCommand.HasMember(var key, var member) -> has(key, member);
            case StateCommand.Members(var key) -> Answer.of(whole(key, Kind.SET));
            case StateCommand.LockStanding(var name) -> Locks.standing(reading, name);
            case StateCommand.Locks(var pattern) -> Locks.list(reading, Pattern.of(pattern));
        };
    }

    private Answer get(String key, Optional<Instant> at) {
        if (at.isPresent()) {
            Names.key(key);
            return Past.of(reading, key, at.get()).map(this::paid).orElse(Answer.NOT);
        }
        return reading.live(key)
                .map(entry -> {
                    fits(entry.bytes());
                    return Answer.of(reading.whole(entry, cost));
                })
                .orElse(Answer.NOT);
    }

    private Answer paid(Value value) {
        cost.take(Data.bytes(value));
        return Answer.of(value);
    }

    /// Refuses an answer with more bytes than one may have.
    private void fits(long bytes) {
        long most = reading.limits().answerMax();
        if (bytes > most) {
            throw new StateRefusal(
                    StateRefusal.Reason.QUOTA,
                    "the answer takes more than %d bytes: ask for less at once, or raise state.max_answer"
                            .formatted(most));
        }
    }

    private Answer many(List<String> keys) {
        if (keys.size() > KEYS_MAX) {
            throw Names.wrong("at most %d keys may be asked for at once".formatted(KEYS_MAX));
        }
        var table = new DataTable();
        long bytes = 0;
        for (var key : keys) {
            throwIfInterrupted();
            var entry = reading.live(key);
            if (entry.isPresent()) {
                bytes += entry.get().bytes();
                fits(bytes);
                table.put(cost.key(key), reading.whole(entry.get(), cost));
            }
        }
        return Answer.of(table);
    }

    /// Who asked may have no more time, and reading it all takes some.
    private static void throwIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new StateRefusal(StateRefusal.Reason.AWAY, "interrupted while it was read");
        }
    }

    private double ttl(String key) {
        var entry = reading.live(key);
        if (entry.isEmpty()) {
            return ABSENT;
        }
        var end = entry.get().expiresAt();
        return end.equals(Instant.MAX)
                ? NEVER
                : Duration.between(reading.now(), end).toNanos() / NANOS;
    }

    private Answer keys(StateCommand.Keys asked) {
        if (asked.limit() < 1 || asked.limit() > KEYS_MAX) {
            throw Names.wrong("a page has 1 to %d keys".formatted(KEYS_MAX));
        }
        var found = new ArrayList<Text>();
        reading.each(
                Pattern.of(asked.pattern()),
                asked.after(),
                entry -> {
                    found.add(cost.key(entry.key()));
                    return found.size() < asked.limit();
                });
        return Answer.of(DataTable.list(found));
    }

    private Answer stats() {
        var usage = reading.view().usage(reading.space());
        var limits = reading.limits();
        return Answer.of(
                new DataTable()
                        .with("namespace", reading.space())
                        .with("total_keys", (double) usage.keys())
                        .with("total_size", (double) usage.bytes())
                        .with("last_modified", usage.changedAt().toEpochMilli() / 1e3)
                        .with("expired", (double) usage.expired())
                        .with("locks", Locks.held(reading))
                        .with("max_keys", (double) limits.keysMax())
                        .with("max_size", (double) limits.bytesMax()));
    }

    private Answer range(String key, long from, long to) {
        var entry = reading.live(key);
        if (entry.isEmpty()) {
            return Answer.of(new DataTable());
        }
        long length = Items.count(reading, entry.get(), Kind.LIST);
        long first = Math.max(1, from < 0 ? length + 1 + from : from);
        long last = Math.min(length, to < 0 ? length + 1 + to : to);
        if (first > last) {
            return Answer.of(new DataTable());
        }
        return Answer.of(DataTable.list(items(entry.get(), first, (int) (last - first + 1))));
    }

    private List<Value> items(StateEntry entry, long first, int count) {
        if (entry.kind() != Kind.LIST) {
            fits(entry.bytes());
            cost.take(DataBytes.memory(entry.value()));
            return Items.of(reading, entry, Kind.LIST)
                    .subList((int) first - 1, (int) first - 1 + count)
                    .stream()
                    .map(item -> Reading.decoded(item.value()))
                    .toList();
        }
        var all = new ArrayList<Value>(count);
        long bytes = 0;
        while (all.size() < count) {
            var from = Place.index(entry.front() + first - 1 + all.size());
            int page = Math.min(Reading.page(entry), count - all.size());
            for (var item : reading.view().items(entry, from, page)) {
                bytes += item.value().length;
                fits(bytes);
                all.add(cost.decoded(item.value()));
            }
        }
        return all;
    }

    private Answer field(String key, String field) {
        var entry = reading.live(key);
        if (entry.isEmpty()) {
            return Answer.NOT;
        }
        byte[] place = Place.field(field);
        var value =
                entry.get().kind() == Kind.HASH
                        ? reading.view().item(entry.get(), place)
                        : Items.of(reading, entry.get(), Kind.HASH).stream()
                                .filter(item -> Arrays.equals(item.place(), place))
                                .map(item -> item.value())
                                .findFirst();
        return value.map(bytes -> Answer.of(cost.decoded(bytes))).orElse(Answer.NOT);
    }

    private Value whole(String key, Kind kind) {
        return reading.live(key)
                .map(entry -> {
                    fits(entry.bytes());
                    if (entry.kind() == kind) {
                        return reading.whole(entry, cost);
                    }
                    cost.take(DataBytes.memory(entry.value()));
                    return Reading.whole(kind, Writing.NOTHING, Items.of(reading, entry, kind));
                })
                .orElseGet(DataTable::new);
    }

    private Answer has(String key, Value member) {
        var entry = reading.live(key);
        if (entry.isEmpty()) {
            return Answer.NOT;
        }
        byte[] place = Place.member(member);
        return Answer.of(
                entry.get().kind() == Kind.SET
                        ? reading.view().item(entry.get(), place).isPresent()
                        : Items.of(reading, entry.get(), Kind.SET).stream()
                                .anyMatch(item -> Arrays.equals(item.place(), place)));
    }
}
