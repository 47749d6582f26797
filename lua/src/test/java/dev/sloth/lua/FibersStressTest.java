package dev.sloth.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.Fiber;
import dev.sloth.lua.value.Fibers;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.LuaKilled;
import dev.sloth.lua.value.LuaState;
import dev.sloth.testkit.Gen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Fibers under threads of the system that wake them, interrupt them and kill all at any time.
@Timeout(120)
class FibersStressTest {
    private static final int ROUNDS = 60;
    private static final int STRANGERS = 3;
    private static final long PAUSE_NANOS = 20_000;

    /// What goes wrong when two run at once: neither of both is guarded.
    private int inside;

    private boolean broken;

    private final ConcurrentLinkedQueue<Fiber> fibers = new ConcurrentLinkedQueue<>();
    private final CountDownLatch[] turning = {new CountDownLatch(0)};

    private static HostFunction function(String name, ToDoubleBiFunction<LuaState, Args> body) {
        return new HostFunction(name) {
            @Override
            protected double invoke(LuaState s, Args args) {
                return body.applyAsDouble(s, args);
            }
        };
    }

    private Lua open() {
        Lua lua = Runs.open();
        lua.set(
                "go",
                function(
                        "go",
                        (s, args) -> {
                            fibers.add(s.fibers().spawn(args.function(1), args.from(2), _ -> {}));
                            return s.none();
                        }));
        lua.set(
                "park",
                function(
                        "park",
                        (s, args) -> {
                            var longest = Duration.ofNanos(args.integer(1) * 1000L);
                            return s.ret(s.fibers().park(() -> "bell", longest, ""));
                        }));
        lua.set(
                "block",
                function(
                        "block",
                        (s, _) -> {
                            try {
                                return s.fibers().blocking(() -> s.fibers().isKilled() ? 1.0 : 0.0);
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        }));
        lua.set(
                "touch",
                function(
                        "touch",
                        (s, _) -> {
                            broken |= inside++ != 0;
                            inside--;
                            turning[0].countDown();
                            return s.none();
                        }));
        return lua;
    }

    private static final String SCRIPT =
            """
            local function live(n)
                for i = 1, n do
                    touch()
                    local how = (i + n) % 4
                    if how == 0 then pcall(park, 0)
                    elseif how == 1 then park(20)
                    elseif how == 2 then block()
                    else
                        local co = coroutine.wrap(function()
                            park(10)
                            coroutine.yield()
                            touch()
                        end)
                        co() co()
                    end
                    touch()
                end
                left = left - 1
            end
            left = 40
            for i = 1, left do go(live, ...) end
            while left > 0 do
                touch()
                pcall(park, left % 2 * 50)
            end
            return left
            """;

    @Test
    void all_come_through_while_strangers_wake_them() throws InterruptedException {
        for (int round = 0; round < 5; round++) {
            fibers.clear();
            try (Lua lua = open();
                    var _ = new Strangers(lua.state().fibers())) {
                assertThat(Runs.text(lua.run(Runs.script(SCRIPT), 60.0))).isEqualTo("0");
            }
            assertThat(broken).as("two ran at once").isFalse();
            assertThat(fibers).hasSize(40).allMatch(Fiber::isDone);
        }
    }

    @Test
    void a_kill_at_any_time_ends_all_of_them() {
        Gen.forAll(
                ROUNDS,
                gen -> {
                    fibers.clear();
                    turning[0] = new CountDownLatch(gen.below(400));
                    try (Lua lua = open();
                            var _ = new Strangers(lua.state().fibers())) {
                        var killer =
                                Thread.ofPlatform()
                                        .start(() -> {
                                            await(turning[0]);
                                            lua.kill("enough");
                                        });
                        assertThatThrownBy(() -> lua.run(Runs.script(SCRIPT), 1e9))
                                .isInstanceOf(LuaKilled.class);
                        killer.join();
                    }
                    assertThat(broken).as("two ran at once").isFalse();
                    assertThat(fibers).allMatch(Fiber::isDone);
                });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Threads that wake any fiber at any time.
    private final class Strangers implements AutoCloseable {
        private final List<Thread> threads = new ArrayList<>();
        private volatile boolean closed;

        Strangers(Fibers state) {
            for (int i = 0; i < STRANGERS; i++) {
                threads.add(Thread.ofPlatform().start(() -> wakeAny(state)));
            }
        }

        private void wakeAny(Fibers state) {
            while (!closed) {
                for (var fiber : fibers) {
                    if (ThreadLocalRandom.current().nextInt(4) == 0) {
                        state.wake(fiber);
                    }
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }

        @Override
        public void close() {
            closed = true;
            for (var thread : threads) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }
}
