package dev.sloth.core.state;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.state.StateChange;
import dev.sloth.api.state.StateCommand;
import dev.sloth.core.store.news.Bell;
import dev.sloth.core.store.news.News.Listening;
import dev.sloth.core.store.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The state of one namespace, in a store that this process can reach.
public final class LocalState implements SharedState, AutoCloseable {
    /// How long a watch waits before it looks again what expires.
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /// Later than any time at which something expires.
    private static final Instant LAST = Instant.MAX;

    private final StateStore store;
    private final String space;
    private final StateLimits limits;
    private final InstantSource time;
    private final InstantSource patience;
    private final Bell bell = new Bell();
    private final ReentrantLock guard = new ReentrantLock();

    // guarded by `guard`
    private Optional<Listening> listening = Optional.empty();

    /// To be closed when nobody asks any more.
    ///
    /// @param time that all processes share, by which values expire and locks are held
    /// @param patience by which we wait: it only goes forward, whoever sets the clock
    public LocalState(
            StateStore store,
            String space,
            StateLimits limits,
            InstantSource time,
            InstantSource patience) {
        Names.namespace(space);
        this.store = store;
        this.space = space;
        this.limits = limits;
        this.time = time;
        this.patience = patience;
    }

    /// From now on the bell rings. Only those who wait need it: most never do.
    private void listen() {
        guard.lock();
        try {
            if (listening.isEmpty()) {
                listening = Optional.of(store.listen(bell::ring));
            }
        } finally {
            guard.unlock();
        }
    }

    @Override
    public Answer ask(StateCommand command) {
        return ask(command, "");
    }

    private Answer ask(StateCommand command, String causes) {
        var now = time.instant();
        return switch (command) {
            case StateCommand.Look look ->
                    store.read(
                            view -> new Looks(new Reading(view, space, now, limits)).answer(look));
            case StateCommand.Act act ->
                    store.write(edit ->
                            Acts.answer(new Writing(edit, space, now, limits, causes), act));
        };
    }

    @Override
    public Answer lock(StateCommand.Lock lock, Duration timeout) throws InterruptedException {
        return new Waiting(lock, timeout).run();
    }

    @Override
    public Transaction begin() {
        return begin("");
    }

    @Override
    public Duration transactionMax() {
        return limits.transactionMax();
    }

    private Transaction begin(String causes) {
        return new LocalTransaction(store, space, limits, time.instant(), causes);
    }

    @Override
    public SharedState becauseOf(List<String> causes) {
        return new Because(joined(causes));
    }

    private static String joined(List<String> causes) {
        return String.join("\n", causes);
    }

    /// For somebody who acts because of something.
    private final class Because implements SharedState {
        private final String causes;

        Because(String causes) {
            this.causes = causes;
        }

        @Override
        public Answer ask(StateCommand command) {
            return LocalState.this.ask(command, causes);
        }

        @Override
        public Answer lock(StateCommand.Lock lock, Duration timeout) throws InterruptedException {
            return LocalState.this.lock(lock, timeout);
        }

        @Override
        public Transaction begin() {
            return LocalState.this.begin(causes);
        }

        @Override
        public Duration transactionMax() {
            return LocalState.this.transactionMax();
        }

        @Override
        public Watch watch(String pattern) {
            return LocalState.this.watch(pattern);
        }

        @Override
        public SharedState becauseOf(List<String> others) {
            return LocalState.this.becauseOf(others);
        }
    }

    @Override
    public Watch watch(String pattern) {
        var wanted = Pattern.of(pattern);
        listen();
        return new LocalWatch(wanted);
    }

    /// All that is held under keys that match, at one moment, in the order of the keys.
    public List<Held> held(String pattern) {
        var now = time.instant();
        return store.read(
                view -> Copies.of(new Reading(view, space, now, limits), Pattern.of(pattern)));
    }

    /// Puts all of these in place of what is there, or none.
    ///
    /// @param causes what it is done because of, as [#becauseOf] says
    /// @throws dev.sloth.api.state.StateRefusal when one of them cannot be held
    public void hold(List<Held> all, List<String> causes) {
        var now = time.instant();
        store.write(edit -> {
            var writing = new Writing(edit, space, now, limits, joined(causes));
            all.forEach(held -> Copies.bring(writing, held));
            writing.finish();
            return all.size();
        });
    }

    @Override
    public void close() {
        guard.lock();
        try {
            listening.ifPresent(Listening::close);
        } finally {
            guard.unlock();
        }
    }

    /// One waiting for a lock.
    private final class Waiting {
        private final StateCommand.Lock lock;
        private final Instant deadline;
        private long ticket;

        Waiting(StateCommand.Lock lock, Duration timeout) {
            this.lock = lock;
            this.deadline = patience.instant().plus(timeout);
        }

        Answer run() throws InterruptedException {
            boolean done = false;
            try {
                while (true) {
                    switch (attempt()) {
                        case Locks.Wait.Taken(var answer) -> {
                            done = true;
                            return answer;
                        }
                        case Locks.Wait.Waiting(long number, var until) -> {
                            ticket = number;
                            if (!left().isPositive()) {
                                return Answer.NOT;
                            }
                            rest(until);
                        }
                    }
                }
            } finally {
                if (!done && ticket != 0) {
                    leave();
                }
            }
        }

        private Duration left() {
            return Duration.between(patience.instant(), deadline);
        }

        private Locks.Wait attempt() {
            var now = time.instant();
            return store.write(edit ->
                    new Locks(new Writing(edit, space, now, limits, "")).takeInTurn(lock, ticket));
        }

        /// Until an attempt is worth it, or something is due, or we have to be heard of.
        private void rest(Instant until) throws InterruptedException {
            listen();
            var due = Duration.between(time.instant(), until);
            var longest = limits.waiterTtl().dividedBy(3);
            var end = patience.instant().plus(due.compareTo(longest) < 0 ? due : longest);
            end = end.isBefore(deadline) ? end : deadline;
            for (var now = patience.instant(); now.isBefore(end); now = patience.instant()) {
                long heard = bell.rings();
                if (ready()) {
                    return;
                }
                bell.await(heard, Duration.between(now, end));
            }
        }

        private boolean ready() {
            var now = time.instant();
            return store.read(view ->
                    Locks.ready(new Reading(view, space, now, limits), lock.name(), ticket));
        }

        private void leave() {
            boolean _ =
                    store.write(edit -> {
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
            var deadline = patience.instant().plus(timeout);
            while (true) {
                long heard = bell.rings();
                var changes = look();
                var left = Duration.between(patience.instant(), deadline);
                if (!changes.isEmpty() || !left.isPositive()) {
                    return changes;
                }
                var expiry = untilExpiry();
                bell.await(heard, left.compareTo(expiry) < 0 ? left : expiry);
            }
        }

        /// Until there is something to tell of that nobody does.
        private Duration untilExpiry() {
            var next = store.read(view -> view.expired(LAST, 1).stream().findFirst());
            var until =
                    next.map(entry -> Duration.between(time.instant(), entry.expiresAt()))
                            .orElse(LONGEST);
            return until.compareTo(LONGEST) < 0 ? until : LONGEST;
        }

        private List<StateChange> look() {
            boolean _ = new Sweep(store, limits, time).expire();
            var found = store.read(view -> Facts.behind(view, space, pattern, seen));
            seen = found.last();
            return found.changes();
        }
    }
}
