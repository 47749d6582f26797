package dev.sloth.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.Budget;
import dev.sloth.lua.value.Grants;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.LuaError;
import dev.sloth.lua.value.LuaHandle;
import dev.sloth.lua.value.LuaKilled;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.MemoryPool;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Memory that several states have together.
class MemoryPoolTest {
    private static final long MIB = 1 << 20;
    private static final String TOGETHER = "not enough memory for all scripts together";
    private static final String BOMB = "local t = {} for i = 1, 1e9 do t[i] = {i} end";

    private final MemoryPool pool = new MemoryPool(64 * MIB);

    @Test
    void a_script_that_may_have_more_than_all_have_together_is_refused_what_is_not_there() {
        assertThatThrownBy(() -> run(BOMB))
                .isInstanceOf(LuaError.class)
                .hasMessageContaining(TOGETHER);
        assertThat(pool.taken()).isZero();
    }

    @Test
    void a_script_that_keeps_little_takes_little_however_much_it_makes() {
        try (var lua = open()) {
            var _ = lua.run(Runs.script("for i = 1, 1e7 do local t = {i} end return true"));
            assertThat(pool.taken()).isLessThan(10 * MIB);
        }
        assertThat(pool.taken()).isZero();
    }

    @Test
    void what_is_garbage_in_who_waits_is_there_for_others() {
        try (var lua = open()) {
            lua.set("outside", new Outside(() -> run(kept(40))));
            assertThat(lua.run(Runs.script(garbage(30) + " outside() return true")))
                    .containsExactly(true);
        }
    }

    @Test
    void what_is_garbage_in_who_runs_is_there_for_others_soon() throws Exception {
        var busy = open();
        var begun = new CountDownLatch(1);
        busy.set("begun", new Outside(begun::countDown));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ended =
                    threads.submit(() ->
                            busy.run(
                                    Runs.script(
                                            garbage(7)
                                                    + " begun() "
                                                    + garbage(24)
                                                    + " while true do end")));
            assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(run(kept(40))).containsExactly(true);
            busy.kill("enough");
            assertThatThrownBy(ended::get).hasCauseInstanceOf(LuaKilled.class);
        }
        busy.close();
        assertThat(pool.taken()).isZero();
    }

    @Test
    void those_who_have_little_get_it_while_others_want_all() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var bombs = new ArrayList<Lua>();
            for (int i = 0; i < 4; i++) {
                var bomb = open();
                bombs.add(bomb);
                var _ =
                        threads.submit(
                                () -> bomb.run(Runs.script("pcall(function() " + BOMB + " end)")));
            }
            for (int i = 0; i < 20; i++) {
                assertThat(run(kept(2))).containsExactly(true);
            }
            bombs.forEach(Lua::close);
        }
        assertThat(pool.taken()).isZero();
    }

    @Test
    void who_is_refused_again_and_again_is_stopped() {
        var adding = "for i = 1, 1e9 do n = n + 1 kept[n] = {} end";
        assertThatThrownBy(() ->
                        run(
                                "kept, n = {}, 0 while true do pcall(function() "
                                        + adding
                                        + " end) end"))
                .isInstanceOf(LuaKilled.class)
                .hasMessageContaining("exceeded the memory of all scripts together");
        assertThat(pool.taken()).isZero();
    }

    @Test
    void what_a_script_lets_go_of_is_given_back() {
        try (var lua = open()) {
            lua.set("kept", List.of());
            for (int i = 0; i < 10; i++) {
                var _ = lua.run(Runs.script("kept = {} for i = 1, 1e5 do kept[i] = {i} end"));
            }
            assertThat(pool.taken()).isLessThan(32 * MIB);
        }
    }

    @Test
    void a_call_that_failed_leaves_nothing_in_the_heap() {
        try (var lua = open()) {
            var given = new ArrayList<WeakReference<Object>>();
            lua.set("give", new Give(given));
            assertThatThrownBy(() -> lua.run(Runs.script("local kept = give() error('no')")))
                    .isInstanceOf(LuaError.class);
            System.gc();
            assertThat(given).hasSize(1).allMatch(what -> what.refersTo(null));
        }
    }

    private Lua open() {
        return Lua.newState(Budget.DEFAULT.withPool(pool), Grants.NONE);
    }

    private List<Object> run(String text) {
        try (var lua = open()) {
            return lua.run(Runs.script(text));
        }
    }

    /// Keeps so many MiB.
    private static String kept(int mib) {
        return "local t = {} for i = 1, "
                + mib
                + " do t[i] = ('x'):rep(2^20 - 100) end return true";
    }

    /// Makes so many MiB and keeps none.
    private static String garbage(int mib) {
        return "for i = 1, " + mib + " do local _ = ('x'):rep(2^20 - 100) end";
    }

    /// Gives an object of the host, and remembers it as long as others do.
    private static final class Give extends HostFunction {
        private final List<WeakReference<Object>> given;

        Give(List<WeakReference<Object>> given) {
            super("give");
            this.given = given;
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            var made = new Object();
            given.add(new WeakReference<>(made));
            return s.ret(new LuaHandle(made, new LuaTable()));
        }
    }

    /// Does something of the host's, which may block.
    private static final class Outside extends HostFunction {
        private final Runnable what;

        Outside(Runnable what) {
            super("outside");
            this.what = what;
        }

        @Override
        protected double invoke(LuaState s, Args args) {
            return s.fibers()
                    .blocking(() -> {
                        what.run();
                        return s.none();
                    });
        }
    }
}
