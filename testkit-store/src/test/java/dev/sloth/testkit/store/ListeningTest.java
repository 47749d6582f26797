package dev.sloth.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.value.Value;
import dev.sloth.core.state.LocalState;
import dev.sloth.core.state.StateLimits;
import dev.sloth.core.store.state.StateEdit;
import dev.sloth.core.store.state.StateStore;
import dev.sloth.core.store.state.StateView;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Being told of what others write costs a store something: shared state asks for it only once
/// somebody waits.
@Timeout(60)
final class ListeningTest {
    private final Counting store = new Counting(MemoryStore.open(new MemoryDisk()).state());
    private final LocalState state =
            new LocalState(store, "a", StateLimits.DEFAULT, () -> Samples.NOW, () -> Samples.NOW);

    @AfterEach
    void close() {
        state.close();
    }

    /// A store that counts who listens.
    private static final class Counting implements StateStore {
        private final StateStore store;
        private final AtomicInteger listening = new AtomicInteger();
        private final Semaphore begun = new Semaphore(0);

        Counting(StateStore store) {
            this.store = store;
        }

        @Override
        public <T> T read(Function<StateView, T> work) {
            return store.read(work);
        }

        @Override
        public <T> T write(Function<StateEdit, T> work) {
            return store.write(work);
        }

        @Override
        public Listening listen(Runnable told) {
            var listened = store.listen(told);
            listening.incrementAndGet();
            begun.release();
            return () -> {
                listening.decrementAndGet();
                listened.close();
            };
        }
    }

    private static StateCommand.Lock lock(String who) {
        return new StateCommand.Lock("deploy", who, Duration.ofSeconds(30));
    }

    private static long token(Answer taken) {
        return (long) ((Value.Num) taken.value()).value();
    }

    @Test
    void nobody_listens_who_does_not_wait() throws InterruptedException {
        state.ask(new StateCommand.Add("n", 1));
        state.ask(new StateCommand.Length("l"));
        var transaction = state.begin();
        transaction.ask(new StateCommand.Add("n", 1));
        assertThat(transaction.commit()).isTrue();
        assertThat(state.held("*")).hasSize(1);
        assertThat(state.lock(lock("ann"), Duration.ofSeconds(60)).done()).isTrue();
        assertThat(state.lock(lock("bob"), Duration.ZERO).done()).isFalse();
        assertThat(state.becauseOf(List.of("why")).ask(lock("eve")).done()).isFalse();

        assertThat(store.begun.availablePermits()).isZero();
    }

    @Test
    void all_who_wait_listen_as_one_until_it_is_closed() throws InterruptedException {
        var taken = state.ask(lock("ann"));
        var waiting = Thread.ofVirtual().start(this::waitInTurn);
        store.begun.acquire();
        assertThat(store.listening).hasValue(1);
        state.watch("*");
        state.becauseOf(List.of("why")).watch("n");
        assertThat(store.listening).hasValue(1);

        state.ask(new StateCommand.Unlock("deploy", token(taken)));
        waiting.join();
        assertThat(state.ask(new StateCommand.LockStanding("deploy")).done()).isTrue();
        state.close();
        assertThat(store.listening).hasValue(0);
        assertThat(store.begun.availablePermits()).isZero();
    }

    private void waitInTurn() {
        try {
            state.lock(lock("bob"), Duration.ofSeconds(60));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void who_watches_listens_from_the_beginning() throws InterruptedException {
        var watch = state.watch("n");
        assertThat(store.listening).hasValue(1);
        state.ask(new StateCommand.Add("n", 1));
        assertThat(watch.next(Duration.ZERO)).hasSize(1);
    }
}
