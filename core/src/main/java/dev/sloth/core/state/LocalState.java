package dev.sloth.core.state;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.state.StateChange;
import dev.sloth.api.state.StateCommand;
import dev.sloth.core.store.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// The state of one namespace, in a store that this process can reach.
public final class LocalState implements SharedState, AutoCloseable {
    private final StateStore store;
    private final String space;
    private final StateLimits limits;
    private final InstantSource time;
    private final Bell bell = new Bell();
    private final StateStore.Listening listening;

    /// To be closed when nobody asks any more.
    public LocalState(StateStore store, String space, StateLimits limits, InstantSource time) {
        Names.check("a namespace", space);
        this.store = store;
        this.space = space;
        this.limits = limits;
        this.time = time;
        this.listening = store.listen(bell::ring);
    }

    @Override
    public Answer ask(StateCommand command) {
        var now = time.instant();
        return switch (command) {
            case StateCommand.Look look ->
                    store.read(
                            view -> new Looks(new Reading(view, space, now, limits)).answer(look));
            case StateCommand.Act act ->
                    store.write(edit -> Acts.answer(new Writing(edit, space, now, limits), act));
        };
    }

    @Override
    public Answer lock(StateCommand.Lock lock, Duration timeout) throws InterruptedException {
        return new Waiting(lock, time.instant().plus(timeout)).run();
    }

    @Override
    public Transaction begin() {
        return new LocalTransaction(store, space, limits, time.instant());
    }

    @Override
    public Watch watch(String pattern) {
        return new LocalWatch(Pattern.of(pattern));
    }

    /// All that is held under keys that match, at one moment, in the order of the keys.
    public List<Held> held(String pattern) {
        var now = time.instant();
        return store.read(
                view -> Copies.of(new Reading(view, space, now, limits), Pattern.of(pattern)));
    }

    /// Puts all of these in place of what is there, or none.
    ///
    /// @throws dev.sloth.api.state.StateRefusal when one of them cannot be held
    public void hold(List<Held> all) {
        var now = time.instant();
        store.write(edit -> {
            var writing = new Writing(edit, space, now, limits);
            all.forEach(held -> Copies.bring(writing, held));
            writing.finish();
            return all.size();
        });
    }

    @Override
    public void close() {
        listening.close();
    }

    /// One waiting for a lock.
    private final class Waiting {
        private final StateCommand.Lock lock;
        private final Instant deadline;
        private long ticket;

        Waiting(StateCommand.Lock lock, Instant deadline) {
            this.lock = lock;
            this.deadline = deadline;
        }

        Answer run() throws InterruptedException {
            boolean done = false;
            try {
                while (true) {
                    long heard = bell.rings();
                    switch (attempt()) {
                        case Locks.Wait.Taken(var answer) -> {
                            done = true;
                            return answer;
                        }
                        case Locks.Wait.Waiting(long number, var until) -> {
                            ticket = number;
                            if (!time.instant().isBefore(deadline)) {
                                return Answer.NOT;
                            }
                            rest(heard, until.isBefore(deadline) ? until : deadline);
                        }
                    }
                }
            } finally {
                if (!done && ticket != 0) {
                    leave();
                }
            }
        }

        private Locks.Wait attempt() {
            var now = time.instant();
            return store.write(edit ->
                    new Locks(new Writing(edit, space, now, limits)).takeInTurn(lock, ticket));
        }

        /// Until an attempt is worth it, or something is due.
        private void rest(long heard, Instant until) throws InterruptedException {
            long last = heard;
            for (var now = time.instant(); now.isBefore(until); now = time.instant()) {
                bell.await(last, Duration.between(now, until));
                last = bell.rings();
                if (ready()) {
                    return;
                }
            }
        }

        private boolean ready() {
            var now = time.instant();
            return store.read(view ->
                    Locks.ready(new Reading(view, space, now, limits), lock.name(), ticket));
        }

        private Boolean leave() {
            return store.write(edit -> {
                edit.dequeue(ticket);
                return true;
            });
        }
    }

    /// Changes behind a number that goes on.
    private final class LocalWatch implements Watch {
        private final Pattern pattern;
        private long seen = store.read(view -> view.memory().last());

        LocalWatch(Pattern pattern) {
            this.pattern = pattern;
        }

        @Override
        public List<StateChange> next(Duration timeout) throws InterruptedException {
            var deadline = time.instant().plus(timeout);
            while (true) {
                long heard = bell.rings();
                var changes = look();
                var left = Duration.between(time.instant(), deadline);
                if (!changes.isEmpty() || !left.isPositive()) {
                    return changes;
                }
                bell.await(heard, left);
            }
        }

        private List<StateChange> look() {
            var found = store.read(view -> Facts.behind(view, space, pattern, seen));
            seen = found.last();
            return found.changes();
        }
    }
}
