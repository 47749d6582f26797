package dev.sloth.core.state;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.core.store.state.StateLock;
import dev.sloth.core.store.state.StateView;
import dev.sloth.core.store.state.StateWaiter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Locks that are held until they are given back or their time is up, whatever becomes of who holds
/// them. Who waits stands in a row, and counts for as long as it is heard of.
final class Locks {
    private static final int PAGE = 1_000;
    private static final double NANOS = 1e9;

    private final Writing writing;

    Locks(Writing writing) {
        this.writing = writing;
    }

    // ---- for those who do not wait

    Answer take(StateCommand.Lock asked) {
        Names.lock(asked.name());
        var end = Names.end(writing.now(), asked.ttl());
        if (held(asked.name()).isPresent() || !waiting(writing.reading(), asked.name()).isEmpty()) {
            return Answer.NOT;
        }
        return given(asked, end);
    }

    private Optional<StateLock> held(String name) {
        return writing.edit()
                .lock(writing.space(), name)
                .filter(lock -> lock.heldAt(writing.now()));
    }

    private Answer given(StateCommand.Lock asked, Instant end) {
        long token = writing.edit().token();
        writing.edit()
                .putLock(
                        new StateLock(
                                writing.space(),
                                asked.name(),
                                asked.holder(),
                                token,
                                writing.now(),
                                end));
        return Answer.of(token);
    }

    Answer release(String name, long token) {
        return ended(name, held(name).filter(lock -> lock.token() == token));
    }

    Answer takeAway(String name) {
        return ended(name, held(name));
    }

    private Answer ended(String name, Optional<StateLock> held) {
        Names.lock(name);
        held.ifPresent(lock -> writing.edit().putLock(until(lock, Instant.MIN)));
        return Answer.of(held.isPresent());
    }

    private static StateLock until(StateLock lock, Instant end) {
        return new StateLock(
                lock.space(), lock.name(), lock.holder(), lock.token(), lock.since(), end);
    }

    Answer renew(String name, long token, Duration ttl) {
        Names.lock(name);
        var end = Names.end(writing.now(), ttl);
        var held = held(name).filter(lock -> lock.token() == token);
        held.ifPresent(lock -> writing.edit().putLock(until(lock, end)));
        return Answer.of(held.isPresent());
    }

    // ---- for those who wait

    /// What came of an attempt by one who waits.
    sealed interface Wait {
        record Taken(Answer answer) implements Wait {}

        /// @param ticket in the row
        /// @param until when to look again at the latest
        record Waiting(long ticket, Instant until) implements Wait {}
    }

    /// Takes a lock for one who waits for it, or has it wait.
    ///
    /// @param ticket of an earlier attempt, 0 at first
    Wait takeInTurn(StateCommand.Lock asked, long ticket) {
        Names.lock(asked.name());
        var end = Names.end(writing.now(), asked.ttl());
        forgetTheLost(asked.name());
        var row = waiting(writing.reading(), asked.name());
        boolean first = row.isEmpty() || row.getFirst().number() == ticket;
        var held = held(asked.name());
        if (first && held.isEmpty()) {
            writing.edit().dequeue(ticket);
            return new Wait.Taken(given(asked, end));
        }
        return new Wait.Waiting(inRow(asked, ticket, row), next(held, row, ticket));
    }

    private long inRow(StateCommand.Lock asked, long ticket, List<StateWaiter> row) {
        var until = writing.now().plus(writing.reading().limits().waiterTtl());
        if (row.stream().anyMatch(waiter -> waiter.number() == ticket)) {
            writing.edit().wait(ticket, until);
            return ticket;
        }
        return writing.edit()
                .enqueue(
                        new StateWaiter(
                                0,
                                writing.space(),
                                asked.name(),
                                asked.holder(),
                                writing.now(),
                                until));
    }

    /// The time of who holds it, or of who stands before us, may be up; and we must be heard of.
    private Instant next(Optional<StateLock> held, List<StateWaiter> row, long ticket) {
        var next = writing.now().plus(writing.reading().limits().waiterTtl().dividedBy(3));
        if (held.isPresent() && held.get().until().isBefore(next)) {
            next = held.get().until();
        }
        for (var waiter : row) {
            if (waiter.number() != ticket && waiter.until().isBefore(next)) {
                next = waiter.until();
            }
        }
        return next;
    }

    private void forgetTheLost(String name) {
        for (var waiter : writing.edit().waiters(writing.space(), name)) {
            if (!waiter.until().isAfter(writing.now())) {
                writing.edit().dequeue(waiter.number());
            }
        }
    }

    /// Whether it is worth an attempt.
    static boolean ready(Reading reading, String name, long ticket) {
        boolean held =
                reading.view()
                        .lock(reading.space(), name)
                        .filter(lock -> lock.heldAt(reading.now()))
                        .isPresent();
        var row = waiting(reading, name);
        return !held && (row.isEmpty() || row.getFirst().number() == ticket);
    }

    private static List<StateWaiter> waiting(Reading reading, String name) {
        return reading.view().waiters(reading.space(), name).stream()
                .filter(waiter -> waiter.until().isAfter(reading.now()))
                .toList();
    }

    // ---- for those who look

    static Answer standing(Reading reading, String name) {
        Names.lock(name);
        return reading.view()
                .lock(reading.space(), name)
                .filter(lock -> lock.heldAt(reading.now()))
                .map(lock -> Answer.of(table(reading, lock)))
                .orElse(Answer.NOT);
    }

    private static DataTable table(Reading reading, StateLock lock) {
        var waiters =
                waiting(reading, lock.name()).stream()
                        .map(waiter -> Text.of(waiter.holder()))
                        .toList();
        return new DataTable()
                .with("name", lock.name())
                .with("holder", lock.holder())
                .with("token", (double) lock.token())
                .with("since", lock.since().toEpochMilli() / 1e3)
                .with("expires_in", Duration.between(reading.now(), lock.until()).toNanos() / NANOS)
                .with("waiters", DataTable.list(waiters));
    }

    static Answer list(Reading reading, Pattern pattern) {
        var names = new ArrayList<Text>();
        each(
                reading,
                lock -> {
                    if (pattern.matches(lock.name())) {
                        names.add(Text.of(lock.name()));
                    }
                });
        return Answer.of(DataTable.list(names));
    }

    static int held(Reading reading) {
        int[] count = new int[1];
        each(reading, _ -> count[0]++);
        return count[0];
    }

    private static void each(Reading reading, Consumer<StateLock> act) {
        StateView view = reading.view();
        var from = "";
        while (true) {
            var page = view.locks(reading.space(), from, PAGE);
            page.stream().filter(lock -> lock.heldAt(reading.now())).forEach(act);
            if (page.size() < PAGE) {
                return;
            }
            from = page.getLast().name() + '\0';
        }
    }
}
