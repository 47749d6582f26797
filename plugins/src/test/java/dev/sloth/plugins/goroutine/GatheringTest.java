package dev.sloth.plugins.goroutine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.plugin.Concurrency;
import dev.sloth.api.plugin.Keeper;
import dev.sloth.api.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Many who wait for the same.
class GatheringTest {
    private static final int MANY = 500;

    private final Gathering gathering = new Gathering();
    private final Nested turns = new Nested();

    @Test
    void who_leaves_does_not_look_through_all_who_wait_on() throws Exception {
        assertThat(gathering.await("all", () -> turns.over, Limit.none(turns))).isTrue();
        assertThat(turns.begun).isEqualTo(MANY);
        assertThat(turns.compared).isLessThan(MANY);
    }

    /// Each who waits has the next one wait meanwhile: the last to come is the first to leave.
    private final class Nested implements Concurrency {
        private int begun;
        private int compared;
        private boolean over;

        @Override
        public Waiter waiter(Supplier<String> what, Keeper keeper) {
            begun++;
            return new Waiter() {
                @Override
                public boolean park(Duration timeout) throws InterruptedException {
                    over |= begun == MANY;
                    return gathering.await(what, () -> over, Limit.none(Nested.this));
                }

                @Override
                public void wake() {
                    throw new IllegalStateException("nobody wakes here");
                }

                @Override
                public boolean equals(Object other) {
                    compared++;
                    return this == other;
                }

                @Override
                public int hashCode() {
                    return System.identityHashCode(this);
                }
            };
        }

        @Override
        public void spawn(Value.Callable function, List<Value> arguments, Consumer<Ending> ended) {
            throw new IllegalStateException("nothing is started here");
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
