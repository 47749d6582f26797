package dev.sloth.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.Budget;
import dev.sloth.lua.value.Fiber;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.LuaError;
import dev.sloth.lua.value.LuaExit;
import dev.sloth.lua.value.LuaKilled;
import dev.sloth.lua.value.LuaState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Several Lua functions of one state, each on a thread of its own, one at a time.
class FibersTest {
    private interface Body {
        double invoke(LuaState s, Args args);
    }

    private static HostFunction function(String name, Body body) {
        return new HostFunction(name) {
            @Override
            protected double invoke(LuaState s, Args args) {
                return body.invoke(s, args);
            }
        };
    }

    /// A state with `go(f, ...)`, `park(what)`, `nap(ms)` and `wakeall()`.
    private static Lua open(List<Fiber> fibers) {
        return open(Budget.DEFAULT, fibers);
    }

    private static Lua open(Budget budget, List<Fiber> fibers) {
        Lua lua = Runs.open(budget);
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
                            fibers.add(s.fibers().current());
                            String what = args.string(1).toString();
                            return s.ret(s.fibers().park(() -> what, Duration.ZERO, ""));
                        }));
        lua.set(
                "nap",
                function(
                        "nap",
                        (s, args) ->
                                s.ret(
                                        s.fibers()
                                                .park(
                                                        () -> "nap",
                                                        Duration.ofMillis(args.integer(1)),
                                                        ""))));
        lua.set(
                "wakeall",
                function(
                        "wakeall",
                        (s, _) -> {
                            fibers.forEach(s.fibers()::wake);
                            return s.none();
                        }));
        return lua;
    }

    @Test
    void fibers_take_turns_and_share_globals() {
        List<Fiber> fibers = new ArrayList<>();
        try (Lua lua = open(fibers)) {
            String text =
                    """
                    total = 0
                    for i = 1, 10 do
                        go(function(n)
                            for j = 1, 1000 do total = total + 1 end
                            nap(1)
                            total = total + n
                        end, i)
                    end
                    while total < 10055 do nap(1) end
                    return total
                    """;
            assertThat(Runs.text(lua.run(Runs.script(text)))).isEqualTo("10055");
        }
        assertThat(fibers).hasSize(10).allMatch(Fiber::isDone);
    }

    @Test
    void an_exit_in_a_fiber_ends_the_host_s_call_and_all_other_fibers() {
        for (String rest : List.of("park('bell')", "while true do end", "nap(60000)")) {
            List<Fiber> fibers = new ArrayList<>();
            try (Lua lua = open(fibers)) {
                lua.set(
                        "leave",
                        function(
                                "leave",
                                (_, _) -> {
                                    throw new LuaExit(7);
                                }));
                String text =
                        "go(park, 'door') go(function() pcall(leave) end) pcall(nap, 5) " + rest;
                assertThatThrownBy(() -> lua.run(Runs.script(text)))
                        .as(rest)
                        .isInstanceOfSatisfying(
                                LuaExit.class, exit -> assertThat(exit.status()).isEqualTo(7));
            }
            assertThat(fibers).as(rest).allMatch(f -> f.isHost() || f.isDone());
        }
    }

    @Test
    void a_busy_fiber_does_not_keep_the_others_from_running() {
        try (Lua lua = open(new ArrayList<>())) {
            String text = "go(function() flag = true end) while not flag do end return 'seen'";
            assertThat(Runs.text(lua.run(Runs.script(text)))).isEqualTo("seen");
        }
    }

    @Test
    void a_parked_fiber_goes_on_when_woken() {
        try (Lua lua = open(new ArrayList<>())) {
            String text =
                    """
                    local got = {}
                    go(function() got[#got + 1] = park('bell') got[#got + 1] = 'a' end)
                    nap(5)
                    wakeall()
                    while #got < 2 do nap(1) end
                    return got[1], got[2]
                    """;
            assertThat(Runs.text(lua.run(Runs.script(text)))).isEqualTo("true a");
        }
    }

    @Test
    void a_deadlock_is_an_error_of_the_host_that_names_what_all_wait_for() {
        try (Lua lua = open(new ArrayList<>())) {
            String text =
                    """
                    local got
                    go(function()
                        got = park('door')
                    end)
                    nap(1)
                    local _, message = pcall(park, 'bell')
                    assert(got == nil)
                    wakeall()
                    nap(1)
                    return message, got
                    """;
            assertThat(Runs.text(lua.run(Runs.script(text))))
                    .isEqualTo(
                            "deadlock: everything waits\n\ttest.lua:6: bell\n\ttest.lua:3: door"
                                    + " true");
        }
    }

    @Test
    void a_deadlock_of_many_counts_those_at_one_place_and_shows_the_first_places() {
        List<Fiber> fibers = new ArrayList<>();
        try (Lua lua = open(fibers)) {
            String text =
                    """
                    for i = 1, 500 do go(function() park('door') end) end
                    for i = 1, 300 do go(function() park('gate ' .. i) end) end
                    nap(1)
                    park('bell')
                    """;
            assertThatThrownBy(() -> lua.run(Runs.script(text)))
                    .isInstanceOf(LuaError.class)
                    .satisfies(e ->
                            assertThat(String.valueOf(e.getMessage()).lines())
                                    .hasSize(22)
                                    .contains(
                                            "\ttest.lua:1: door (500 times)",
                                            "\ttest.lua:2: gate 18",
                                            "\t... and 282 more"));
        }
        assertThat(fibers).hasSize(1601).allMatch(Fiber::isDone);
    }

    @Test
    void a_deadlock_is_found_when_the_last_one_that_could_help_ends() {
        try (Lua lua = open(new ArrayList<>())) {
            String text = "go(function() nap(1) end) park('bell')";
            assertThatThrownBy(() -> lua.run(Runs.script(text)))
                    .hasMessage("deadlock: everything waits\n\ttest.lua:1: bell");
        }
    }

    @Test
    void fibers_get_their_turns_in_the_order_in_which_they_became_ready() {
        String text =
                """
                local order = {}
                for i = 1, 50 do
                    go(function()
                        order[#order + 1] = i
                        park('bell')
                        order[#order + 1] = -i
                    end)
                end
                nap(1)
                wakeall()
                nap(1)
                return table.concat(order, ' ')
                """;
        var expected = new StringBuilder();
        for (int i = 1; i <= 50; i++) {
            expected.append(i).append(' ');
        }
        for (int i = 1; i <= 50; i++) {
            expected.append(-i).append(' ');
        }
        for (int run = 0; run < 20; run++) {
            try (Lua lua = open(new ArrayList<>())) {
                assertThat(Runs.text(lua.run(Runs.script(text))))
                        .isEqualTo(expected.toString().strip());
            }
        }
    }

    @Test
    void as_many_run_at_once_as_the_budget_allows() {
        List<Fiber> fibers = new ArrayList<>();
        try (Lua lua = open(Budget.DEFAULT.withFibers(3), fibers)) {
            String text =
                    """
                    local ended = 0
                    local function one() nap(1) ended = ended + 1 end
                    for i = 1, 3 do go(one) end
                    local ok, message = pcall(go, one)
                    while ended < 3 do nap(1) end
                    go(one)
                    while ended < 4 do nap(1) end
                    return ok, message
                    """;
            assertThat(Runs.text(lua.run(Runs.script(text))))
                    .isEqualTo("false too many goroutines at once (3)");
        }
        assertThat(fibers).hasSize(4).allMatch(Fiber::isDone);
    }

    @Test
    void a_fiber_that_fails_keeps_its_error() {
        List<Fiber> fibers = new ArrayList<>();
        try (Lua lua = open(fibers)) {
            lua.run(Runs.script("go(function() error('oops') end) nap(20)"));
        }
        assertThat(fibers.getFirst().failure())
                .hasValueSatisfying(e -> assertThat(e).hasMessage("test.lua:1: oops"));
    }

    @Test
    void blocking_lets_others_run_and_yields_work_within_fibers() {
        var barrier = new CyclicBarrier(2);
        try (Lua lua = open(new ArrayList<>())) {
            lua.set(
                    "meet",
                    function(
                            "meet",
                            (s, _) -> {
                                try {
                                    s.fibers().blocking(() -> barrier.await(20, TimeUnit.SECONDS));
                                } catch (Exception e) {
                                    throw new LuaError("no meeting", e);
                                }
                                return s.none();
                            }));
            String text =
                    """
                    go(function()
                        local co = coroutine.wrap(function() meet() coroutine.yield('y') meet() end)
                        first = co()
                        co()
                        last = true
                    end)
                    meet() meet()
                    while not last do nap(1) end
                    return first
                    """;
            assertThat(Runs.text(lua.run(Runs.script(text)))).isEqualTo("y");
        }
    }

    @Test
    void a_kill_ends_parked_blocked_and_running_fibers() throws InterruptedException {
        List<Fiber> fibers = new ArrayList<>();
        var blocked = new CountDownLatch(1);
        try (Lua lua = open(fibers)) {
            lua.set(
                    "block",
                    function(
                            "block",
                            (s, _) -> {
                                try {
                                    return s.fibers()
                                            .blocking(() -> {
                                                blocked.countDown();
                                                new CountDownLatch(1).await();
                                                return 0.0;
                                            });
                                } catch (Exception e) {
                                    throw new LuaError("interrupted", e);
                                }
                            }));
            String text =
                    """
                    go(function() park('never') end)
                    go(function() while true do pcall(block) end end)
                    go(function() while true do end end)
                    while true do nap(1) end
                    """;
            var host =
                    Thread.ofVirtual()
                            .start(() ->
                                    assertThatThrownBy(() -> lua.run(Runs.script(text)))
                                            .isInstanceOf(LuaKilled.class));
            assertThat(blocked.await(20, TimeUnit.SECONDS)).isTrue();
            lua.kill("enough");
            assertThat(host.join(Duration.ofSeconds(20))).isTrue();
        }
        assertThat(fibers).isNotEmpty().allMatch(Fiber::isDone);
    }
}
