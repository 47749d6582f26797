package dev.sloth.core.state;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.state.StateRefusal.Reason;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.core.store.state.StateEntry;
import dev.sloth.core.store.state.StateEntry.Kind;
import dev.sloth.core.store.state.StateItem;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Changes of whole values.
final class ValueActs {
    /// How many entries one command may remove.
    private static final int REMOVED_MAX = 100_000;

    /// Beyond this, 2 to the power of 53, some whole numbers are no number that is held.
    private static final long COUNT_MAX = 1L << 53;

    private final Writing writing;

    ValueActs(Writing writing) {
        this.writing = writing;
    }

    Answer put(StateCommand.Put put) {
        var was = writing.live(put.key());
        var old = was.map(writing.reading()::whole).orElse(Value.Nil.NIL);
        if (put.onlyIfAbsent() && was.isPresent()) {
            return new Answer(false, old);
        }
        var end = Names.end(writing.now(), put.ttl());
        writing.put(put.key(), was, encoded(put.key(), put.value()), end);
        return new Answer(true, old);
    }

    private byte[] encoded(String key, Value value) {
        return writing.encoded(value, "'" + key + "'");
    }

    Answer putMany(StateCommand.PutMany many) {
        var end = Names.end(writing.now(), many.ttl());
        fits(many.values().values().stream().mapToLong(ValueActs::least).sum());
        long bytes = 0;
        for (var each : new TreeMap<>(many.values()).entrySet()) {
            byte[] value = encoded(each.getKey(), each.getValue());
            bytes += value.length;
            fits(bytes);
            writing.put(each.getKey(), writing.live(each.getKey()), value, end);
        }
        return Answer.of(many.values().size());
    }

    /// What a value takes at least, known without looking into it.
    private static long least(Value value) {
        return value instanceof Text text ? text.bytes().length : 1;
    }

    /// Refuses what is too much to be written at once: everybody else who writes waits for it.
    private void fits(long bytes) {
        long most = writing.reading().limits().answerMax();
        if (bytes > most) {
            throw new StateRefusal(
                    Reason.QUOTA,
                    "one command writes at most %d bytes (state.max_answer): do it in parts"
                            .formatted(most));
        }
    }

    Answer swap(StateCommand.Swap swap) {
        var was = writing.live(swap.key());
        var old = was.map(writing.reading()::whole).orElse(Value.Nil.NIL);
        if (!Same.values(old, swap.expected())) {
            return Answer.NOT;
        }
        var end = was.map(StateEntry::expiresAt).orElse(Instant.MAX);
        writing.put(swap.key(), was, encoded(swap.key(), swap.next()), end);
        return Answer.DONE;
    }

    Answer delete(String key) {
        var was = writing.live(key);
        was.ifPresent(entry -> writing.remove(entry, false));
        return Answer.of(was.isPresent());
    }

    Answer deleteMany(List<String> keys) {
        return Answer.of(keys.stream().filter(key -> delete(key).done()).count());
    }

    Answer clear(Pattern pattern) {
        var matching = new ArrayList<String>();
        writing.reading()
                .each(
                        pattern,
                        "",
                        entry -> {
                            matching.add(entry.key());
                            return matching.size() <= REMOVED_MAX;
                        });
        if (matching.size() > REMOVED_MAX) {
            throw new StateRefusal(
                    Reason.QUOTA,
                    "more than %d keys match: delete them in parts, by narrower patterns"
                            .formatted(REMOVED_MAX));
        }
        matching.forEach(this::delete);
        return Answer.of(matching.size());
    }

    Answer expire(StateCommand.Expire expire) {
        var end = Names.end(writing.now(), expire.ttl());
        var was = writing.live(expire.key());
        boolean already = was.isEmpty() || was.get().expiresAt().equals(end);
        if (!already) {
            writing.expire(was.get(), end);
        }
        return Answer.of(!already);
    }

    Answer add(String key, double delta) {
        var was = writing.live(key);
        double old =
                switch (was.map(entry -> plain(entry, "number")).orElse(new Value.Num(0))) {
                    case Value.Num(double number) -> number;
                    case Value _ -> throw writing.reading().wrongType(was.orElseThrow(), "number");
                };
        double sum = old + delta;
        if (!Double.isFinite(sum)) {
            throw Names.wrong("'%s' would not be a number any more".formatted(key));
        }
        if (Math.abs(sum) >= COUNT_MAX && !exact(old, delta, sum)) {
            throw Names.wrong(
                    "'%s' would lose a part of what is added: every whole number is held exactly up to %d only"
                            .formatted(key, COUNT_MAX));
        }
        replace(key, was, new Value.Num(sum));
        return Answer.of(sum);
    }

    private static boolean exact(double old, double delta, double sum) {
        return new BigDecimal(old).add(new BigDecimal(delta)).compareTo(new BigDecimal(sum)) == 0;
    }

    private Value plain(StateEntry entry, String wanted) {
        if (entry.kind() != Kind.VALUE) {
            throw writing.reading().wrongType(entry, wanted);
        }
        return Reading.decoded(entry.value());
    }

    /// Another value for the same time.
    private void replace(String key, Optional<StateEntry> was, Value value) {
        var end = was.map(StateEntry::expiresAt).orElse(Instant.MAX);
        writing.put(key, was, encoded(key, value), end);
    }

    Answer append(String key, Text text) {
        var was = writing.live(key);
        if (!(was.map(entry -> plain(entry, "string")).orElse(Text.of(""))
                instanceof Text before)) {
            throw writing.reading().wrongType(was.orElseThrow(), "string");
        }
        var both = new ByteArrayOutputStream();
        both.writeBytes(before.bytes());
        both.writeBytes(text.bytes());
        replace(key, was, Text.ofBytes(both.toByteArray()));
        return Answer.of(both.size());
    }

    Answer rename(String key, String next) {
        Names.key(next);
        var was = writing.live(key);
        if (was.isEmpty() || key.equals(next)) {
            return Answer.of(was.isPresent());
        }
        writing.live(next).ifPresent(entry -> writing.remove(entry, false));
        var entry = was.get();
        var items = new ArrayList<StateItem>();
        writing.reading().eachItem(entry, items::add);
        writing.remove(entry, false);
        if (entry.kind() == Kind.VALUE) {
            writing.add(next, Kind.VALUE, entry.value(), entry.expiresAt());
        } else {
            Parts.move(writing, next, entry, items);
        }
        return Answer.DONE;
    }

    /// How many were removed because their time was up.
    int cleanUp() {
        var expired = writing.edit().expired(writing.space(), writing.now(), REMOVED_MAX);
        expired.forEach(entry -> writing.remove(entry, true));
        return expired.size();
    }
}
