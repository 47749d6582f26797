package dev.sloth.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.LuaKilled;
import dev.sloth.lua.value.LuaState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A kill from another thread ends a script wherever it is.
class KillTest {
    private static final Duration LIMIT = Duration.ofMillis(50);

    /// A loaded machine may be late now and then, but not always.
    private static final int TRIES = 30;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "started() while true do end",
                "started() repeat until false",
                "started() for i = 1, math.huge do end",
                "started() ::top:: goto top",
                "started() local function f() return f() end f()",
                "started() local function f() pcall(f) f() end while true do pcall(f) end",
                "started() while true do pcall(function() while true do end end) end",
                "started() while true do xpcall(error, function() while true do end end) end",
                "started() for k in function() return 1 end do end",
                "started() for k, v in pairs({1}) do while true do end end",
                "coroutine.wrap(function() started() while true do end end)()",
                "started() while true do coroutine.wrap(function() coroutine.yield(1) end)() end",
                "coroutine.wrap(function() pcall(coroutine.wrap(function() started()"
                        + " while true do end end)) while true do end end)()",
                "local t = setmetatable({}, {__index = function() while true do end end})"
                        + " started() return t.x",
                "local t = setmetatable({}, {__add = function() while true do end end})"
                        + " started() return t + 1",
                "started() table.sort({3, 2, 1}, function() while true do end end)",
                "started() string.gsub('x', 'x', function() while true do end end)",
                "local function deep(n) if n == 0 then started() while true do end end"
                        + " return 1 + deep(n - 1) end deep(3000)",
                "local s = ('x'):rep(3e7) started() while true do local t = s .. s end",
                "local s, t = ('x'):rep(3e7), ('x'):rep(3e7)"
                        + " started() while true do local b = s == t end",
                "local s, t = ('x'):rep(3e7), ('x'):rep(3e7)"
                        + " started() while true do local b = s < t end",
                "local s, t = ('x'):rep(3e7), {[('x'):rep(3e7)] = 1}"
                        + " started() while true do local b = t[s] end",
                "local s = ('1'):rep(3e7) started() while true do local n = tonumber(s) end",
                "local p = ('x?'):rep(1e7) started() while true do pcall(string.find, 'x', p) end",
                "local function f(...) if select('#', ...) > 20000 then started() end"
                        + " return f('x', ...) end f()",
                "started() while true do local s = ('xy'):rep(3e7) end",
                "local s = ('x'):rep(3e7) started() while true do local t = ('%s'):format(s) end",
                "local s = ('x'):rep(3e7) started() while true do local t = table.concat{s, s} end",
                "coroutine.wrap(function() local s = ('a'):rep(4e4)"
                        + " started() pcall(string.find, s, '.-.-.-.-.-b') end)()",
                "started() sleep()",
                "started() pcall(sleep) while true do end",
                "coroutine.wrap(function() started() pcall(sleep) end)() while true do end",
            })
    void a_kill_ends_it_within_50_ms(String text) throws InterruptedException {
        Script script = Runs.script(text);
        long best = Long.MAX_VALUE;
        for (int i = 0; i < TRIES && best > LIMIT.toNanos(); i++) {
            best = Math.min(best, killed(script));
        }
        assertThat(Duration.ofNanos(best)).isLessThanOrEqualTo(LIMIT);
    }

    private static long killed(Script script) throws InterruptedException {
        var started = new CountDownLatch(1);
        var end = new AtomicReference<Throwable>();
        try (Lua lua = Runs.open()) {
            lua.set("started", new Started(started));
            lua.set("sleep", new Sleep());
            var interrupted = new AtomicReference<Boolean>();
            Thread thread =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    lua.run(script);
                                } catch (LuaKilled e) {
                                    end.set(e);
                                }
                                interrupted.set(Thread.currentThread().isInterrupted());
                                assertThat(Runs.result("return 6 * 7")).isEqualTo("42");
                            });
            assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
            long before = System.nanoTime();
            lua.kill("enough");
            while (end.get() == null && System.nanoTime() - before < 20_000_000_000L) {
                Thread.onSpinWait();
            }
            long took = System.nanoTime() - before;
            thread.join();
            assertThat(end.get()).isInstanceOf(LuaKilled.class).hasMessage("enough");
            assertThat(interrupted.get()).isFalse();
            return took;
        }
    }

    /// Virtual threads that compute are never taken off their carriers by force.
    @Test
    void scripts_that_loop_leave_turns_to_other_virtual_threads() throws InterruptedException {
        Script loop = Runs.script("started() while true do end");
        var spinning = new ArrayList<Lua>();
        var threads = new ArrayList<Thread>();
        int many = 4 * Runtime.getRuntime().availableProcessors();
        for (int i = 0; i < many; i++) {
            spinning.add(Runs.open());
        }
        // Started by a virtual thread, so that they wait in the carriers' own queues.
        var all = new CountDownLatch(many);
        Thread starter =
                Thread.ofVirtual()
                        .start(() -> spinning.forEach(lua -> threads.add(spin(lua, loop, all))));
        var other = new CountDownLatch(1);
        Thread.ofVirtual()
                .start(() -> {
                    LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                    other.countDown();
                });

        boolean allHadOne = all.await(20, TimeUnit.SECONDS);
        boolean otherHadOne = other.await(20, TimeUnit.SECONDS);

        spinning.forEach(lua -> lua.kill("enough"));
        starter.join();
        for (Thread thread : threads) {
            thread.join();
        }
        spinning.forEach(Lua::close);
        assertThat(allHadOne).isTrue();
        assertThat(otherHadOne).isTrue();
    }

    private static Thread spin(Lua lua, Script loop, CountDownLatch started) {
        lua.set("started", new Started(started));
        return Thread.ofVirtual()
                .start(() -> assertThatThrownBy(() -> lua.run(loop)).isInstanceOf(LuaKilled.class));
    }

    @Test
    void a_killed_state_stays_dead() {
        try (Lua lua = Runs.open()) {
            lua.kill("first");
            lua.kill("second");
            assertThatThrownBy(() -> lua.run(Runs.script("return 1")))
                    .isInstanceOf(LuaKilled.class)
                    .hasMessage("first");
        }
    }

    private static final class Started extends HostFunction {
        private final CountDownLatch latch;

        Started(CountDownLatch latch) {
            super("started");
            this.latch = latch;
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            latch.countDown();
            return s.none();
        }
    }

    /// Blocks as a careless host function does, without telling the state.
    private static final class Sleep extends HostFunction {
        Sleep() {
            super("sleep");
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            return s.none();
        }
    }
}
