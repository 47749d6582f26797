package dev.sloth.plugins.goroutine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Concurrency;
import dev.sloth.api.plugin.Keeper;
import dev.sloth.api.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Pools whose functions cannot be started.
class PoolTest {
    private static final Value.Callable NOTHING = _ -> List.of();

    private final Starting starting = new Starting();
    private final Pool pool = new Pool("p", 2, starting);

    @Test
    void what_finds_no_room_waits_until_another_has_ended() {
        var first = pool.submit(NOTHING, List.of());
        starting.refusal = new CallFailure("too many");
        var second = pool.submit(NOTHING, List.of());
        starting.endAll();
        assertThat(pool.pending(first).orElseThrow().done()).isTrue();
        assertThat(pool.pending(second).orElseThrow().done()).isFalse();
        starting.endAll();
        assertThat(pool.pending(second).orElseThrow().done()).isTrue();
    }

    @Test
    void a_fault_of_the_engine_is_not_taken_for_a_want_of_room() {
        var _ = pool.submit(NOTHING, List.of());
        starting.refusal = new IllegalStateException("a fault");
        assertThatThrownBy(() -> pool.submit(NOTHING, List.of())).hasMessage("a fault");
    }

    /// Starts functions, or refuses to; they end when they are told to.
    private static final class Starting implements Concurrency {
        private final List<Consumer<Ending>> started = new ArrayList<>();
        private RuntimeException refusal = new IllegalStateException("nothing is refused yet");

        void endAll() {
            var all = List.copyOf(started);
            started.clear();
            all.forEach(each -> each.accept(new Ending.Returned(List.of())));
        }

        @Override
        public void spawn(Value.Callable function, List<Value> arguments, Consumer<Ending> ended) {
            if (!started.isEmpty()) {
                throw refusal;
            }
            started.add(ended);
        }

        @Override
        public Waiter waiter(Supplier<String> what, Keeper keeper) {
            throw new IllegalStateException("nobody waits here");
        }

        @Override
        public Object current() {
            return this;
        }

        @Override
        public BooleanSupplier underWay() {
            return () -> true;
        }

        @Override
        public List<Value> within(Duration time, String reason, Value.Callable function) {
            return function.call(List.of());
        }

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public void sleep(Duration duration) {
            throw new IllegalStateException("nobody sleeps here");
        }
    }
}
