package dev.sloth.core.state;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.state.StateRefusal;
import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Data;
import dev.sloth.core.store.news.Bell;
import dev.sloth.core.store.news.News.Listening;
import dev.sloth.core.store.state.StateEdit;
import dev.sloth.core.store.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/// The state of one namespace, in a store that this process can reach.
public final class LocalState implements SharedState, AutoCloseable {
    /// How many values of those who ask here the store is told to write at once.
    private static final int WRITERS_MAX = 64;

    private final StateStore store;
    private final String space;
    private final StateLimits limits;
    private final InstantSource time;
    private final InstantSource patience;
    private final Bell bell = new Bell();
    private final Semaphore writers = new Semaphore(WRITERS_MAX, true);
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

    // ---- for those who wait

    /// From now on the bell rings. Only those who wait need it: most never do.
    Bell listening() {
        guard.lock();
        try {
            if (listening.isEmpty()) {
                listening = Optional.of(store.listen(bell::ring));
            }
        } finally {
            guard.unlock();
        }
        return bell;
    }

    InstantSource patience() {
        return patience;
    }

    Instant now() {
        return time.instant();
    }

    StateLimits limits() {
        return limits;
    }

    Sweep sweep() {
        return new Sweep(store, limits, time);
    }

    <T> T read(Function<Reading, T> work) {
        var now = time.instant();
        return store.read(view -> work.apply(new Reading(view, space, now, limits)));
    }

    /// Changes the store within one write.
    @FunctionalInterface
    interface Work<T> {
        T in(StateEdit edit, Writing writing);
    }

    <T> T write(Work<T> work) {
        return write("", work);
    }

    private <T> T write(String causes, Work<T> work) {
        var now = time.instant();
        return store.write(edit -> work.in(edit, new Writing(edit, space, now, limits, causes)));
    }

    // ---- for those who are here

    @Override
    public Answer ask(StateCommand command, Allowance allowance) {
        return ask(command, new Cost(allowance), "");
    }

    private Answer ask(StateCommand command, Cost cost, String causes) {
        return switch (command) {
            case StateCommand.Look look -> read(reading -> new Looks(reading, cost).answer(look));
            case StateCommand.Act act -> {
                var answer =
                        inTurn(
                                act,
                                () ->
                                        write(
                                                causes,
                                                (_, writing) ->
                                                        Acts.answer(writing, act, Cost.NONE)));
                cost.take(Data.bytes(answer.value()));
                yield answer;
            }
        };
    }

    /// What brings values takes a while to be written, and who is interrupted has to know what came
    /// of what the store was told; so only some is told at once, and the others can still be
    /// stopped.
    private Answer inTurn(StateCommand.Act act, Supplier<Answer> write) {
        if (!bringsValue(act)) {
            return write.get();
        }
        try {
            if (!writers.tryAcquire()) {
                writers.acquire();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new StateRefusal(
                    StateRefusal.Reason.AWAY, "interrupted before it was done: nothing changed");
        }
        try {
            return write.get();
        } finally {
            writers.release();
        }
    }

    private static boolean bringsValue(StateCommand.Act act) {
        return switch (act) {
            case StateCommand.Fenced(_, var inner) -> bringsValue(inner);
            case StateCommand.Put _,
                    StateCommand.PutMany _,
                    StateCommand.Swap _,
                    StateCommand.Append _,
                    StateCommand.Push _,
                    StateCommand.PutField _,
                    StateCommand.AddMember _ ->
                    true;
            case StateCommand.Delete _,
                    StateCommand.DeleteMany _,
                    StateCommand.Clear _,
                    StateCommand.Expire _,
                    StateCommand.Add _,
                    StateCommand.Rename _,
                    StateCommand.CleanUp _,
                    StateCommand.Pop _,
                    StateCommand.RemoveItem _,
                    StateCommand.DropField _,
                    StateCommand.DropMember _,
                    StateCommand.Lock _,
                    StateCommand.Unlock _,
                    StateCommand.Break _,
                    StateCommand.Renew _ ->
                    false;
        };
    }

    @Override
    public Answer lock(StateCommand.Lock lock, Duration timeout) throws InterruptedException {
        return new LockWait(this, lock, timeout, Once.ALWAYS_NEW).run();
    }

    @Override
    public Transaction begin() {
        return begin("", Once.ALWAYS_NEW);
    }

    private Transaction begin(String causes, Once once) {
        return new LocalTransaction(store, space, limits, time.instant(), causes, once);
    }

    @Override
    public Duration transactionMax() {
        return limits.transactionMax();
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
        public Answer ask(StateCommand command, Allowance allowance) {
            return LocalState.this.ask(command, new Cost(allowance), causes);
        }

        @Override
        public Answer lock(StateCommand.Lock lock, Duration timeout) throws InterruptedException {
            return LocalState.this.lock(lock, timeout);
        }

        @Override
        public Transaction begin() {
            return LocalState.this.begin(causes, Once.ALWAYS_NEW);
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
        var _ = listening();
        return new Following(this, wanted, last());
    }

    private long last() {
        return store.read(view -> view.memory().last());
    }

    // ---- for those whose answers can be lost on their way

    /// As [#ask]; when the request was done already, what was answered then.
    ///
    /// @param causes as [#becauseOf] says
    public Answer ask(Request request, StateCommand.Act act, List<String> causes) {
        var once = new Remembered(request);
        return write(
                joined(causes),
                (edit, writing) ->
                        once.done(edit, writing.now(), () -> Acts.answer(writing, act, Cost.NONE)));
    }

    /// As [#lock]; when the request was done already, the lock that was taken then.
    public Answer lock(Request request, StateCommand.Lock lock, Duration timeout)
            throws InterruptedException {
        return new LockWait(this, lock, timeout, new Remembered(request)).run();
    }

    /// As [#begin]; the request is done when it is committed.
    public Transaction begin(Request request, List<String> causes) {
        return begin(joined(causes), new Remembered(request));
    }

    /// What was answered to a request. One that was not done will never be: then it is not done.
    public Answer settle(Request request) {
        var once = new Remembered(request);
        return write((edit, writing) -> once.done(edit, writing.now(), () -> Answer.NOT));
    }

    /// The next changes behind a number, as a watch has them.
    ///
    /// @param behind empty for none, to begin with
    /// @throws dev.sloth.api.state.StateRefusal `FORGOTTEN` when some are not remembered any more
    public StateChanges.Found changes(String pattern, OptionalLong behind, Duration timeout)
            throws InterruptedException {
        var wanted = Pattern.of(pattern);
        if (behind.isEmpty()) {
            return new StateChanges.Found(List.of(), last());
        }
        var following = new Following(this, wanted, behind.getAsLong());
        var changes = following.next(timeout);
        return new StateChanges.Found(changes, following.seen());
    }

    // ---- for those who take it elsewhere

    /// All that is held under keys that match, at one moment, in the order of the keys.
    public List<Held> held(String pattern) {
        return read(reading -> Copies.of(reading, Pattern.of(pattern)));
    }

    /// Puts all of these in place of what is there, or none.
    ///
    /// @param causes what it is done because of, as [#becauseOf] says
    /// @throws dev.sloth.api.state.StateRefusal when one of them cannot be held
    public void hold(List<Held> all, List<String> causes) {
        int _ =
                write(
                        joined(causes),
                        (_, writing) -> {
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
}
