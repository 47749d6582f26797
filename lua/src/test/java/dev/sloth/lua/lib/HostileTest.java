package dev.sloth.lua.lib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.lua.value.LuaError;
import dev.sloth.lua.value.LuaKilled;
import dev.sloth.lua.value.LuaNil;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaValues;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Calls that would take for ever, or all memory, end soon after a kill or before they begin.
class HostileTest {
    private static final Duration LIMIT = Duration.ofMillis(50);

    /// A loaded machine may be late now and then, but not always.
    private static final int TRIES = 10;

    private final Lab lab = new Lab();

    /// `arguments` makes those of one try, for the state that it is given.
    private static void killed(String path, Function<Lab, List<Object>> arguments)
            throws Exception {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < TRIES && best > LIMIT.toNanos(); i++) {
            Lab fresh = new Lab();
            best = Math.min(best, killed(fresh, path, arguments.apply(fresh).toArray()));
        }
        assertThat(Duration.ofNanos(best)).isLessThanOrEqualTo(LIMIT);
    }

    private static long killed(Lab lab, String path, Object... arguments) throws Exception {
        var running = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Object> call =
                    threads.submit(() -> {
                        running.countDown();
                        return lab.call(path, arguments);
                    });
            running.await();
            // the call has begun or is about to: a kill has to work in both cases
            assertThatThrownBy(() -> call.get(30, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            long begin = System.nanoTime();
            lab.state.fibers().kill("enough");
            assertThatThrownBy(call::get).hasCauseInstanceOf(LuaKilled.class);
            return System.nanoTime() - begin;
        }
    }

    @Test
    void a_pattern_that_backtracks_for_ever_can_be_killed() throws Exception {
        killed("string.find", _ -> List.of("a".repeat(40_000), ".-.-.-.-.-b"));
    }

    @Test
    void a_greedy_pattern_that_backtracks_for_ever_can_be_killed() throws Exception {
        killed("string.match", _ -> List.of("a".repeat(40_000), "(.*)(.*)(.*)(.*)%1b"));
    }

    @Test
    void a_search_for_balance_in_openers_alone_can_be_killed() throws Exception {
        killed("string.find", _ -> List.of("(".repeat(400_000), "%b()"));
    }

    @Test
    void a_plain_search_that_almost_matches_everywhere_can_be_killed() throws Exception {
        killed(
                "string.find",
                _ -> List.of("a".repeat(4_000_000), "a".repeat(1_000_000) + "b", 1, true));
    }

    @Test
    void replacing_in_thirty_megabytes_can_be_killed() throws Exception {
        Object slow = Lab.function(_ -> "bb");
        killed("string.gsub", _ -> List.of("a".repeat(30_000_000), ".", slow));
    }

    @Test
    void sorting_with_an_order_that_never_ends_can_be_killed() throws Exception {
        killed(
                "table.sort",
                lab -> List.of(lab.table(3, 1, 2), Lab.function(_ -> checkForEver(lab))));
    }

    private static Object checkForEver(Lab lab) {
        while (true) {
            lab.state.check(100);
        }
    }

    @Test
    void sorting_millions_of_numbers_can_be_killed() throws Exception {
        killed("table.sort", lab -> List.of(millions(lab)));
    }

    private static LuaTable millions(Lab lab) {
        LuaTable table = new LuaTable();
        for (int i = 1; i <= 4_000_000; i++) {
            table.setInt(lab.state, i, i * 7919.0 % 4_000_037, LuaNil.NIL);
        }
        return table;
    }

    @Test
    void moving_for_ever_can_be_killed() throws Exception {
        killed("table.move", _ -> List.of(new LuaTable(), 1, 1e15, 2));
    }

    @Test
    void inserting_far_below_one_can_be_killed() throws Exception {
        killed("table.insert", lab -> List.of(lab.table(1), -1e15, 5));
    }

    @Test
    void never_makes_a_string_beyond_the_limit() {
        assertThat(lab.error("string.rep", "x", 1e10)).isEqualTo("string length overflow");
        assertThat(lab.error("string.rep", "x".repeat(1_000_000), 1_000_000))
                .isEqualTo("string length overflow");
        assertThat(lab.error("string.rep", "", 1e18, "sep")).isEqualTo("string length overflow");
        assertThat(lab.one("string.rep", "", 1e18)).isEqualTo("");
    }

    @Test
    void never_makes_a_result_of_gsub_beyond_the_limit() {
        String long1 = "x".repeat(100_000);
        assertThat(lab.error("string.gsub", long1, ".", long1)).isEqualTo("string length overflow");
    }

    @Test
    void never_makes_a_concatenation_beyond_the_limit() {
        LuaTable table = new LuaTable();
        String piece = "x".repeat(1_000_000);
        for (int i = 1; i <= 200; i++) {
            table.setInt(lab.state, i, LuaValues.TAG, Lab.lua(piece));
        }
        assertThat(lab.error("table.concat", table)).isEqualTo("string length overflow");
    }

    @Test
    void never_unpacks_more_than_fits() {
        assertThat(lab.error("unpack", new LuaTable(), 1, 1e8))
                .isEqualTo("too many results to unpack");
        assertThat(lab.error("unpack", new LuaTable(), -1e18, 1e18))
                .isEqualTo("too many results to unpack");
    }

    @Test
    void refuses_a_format_with_a_huge_width() {
        assertThat(lab.error("string.format", "%99999d", 1))
                .isEqualTo("invalid format (width or precision too long)");
    }

    @Test
    void a_pattern_of_many_optional_items_uses_no_java_stack() {
        String pattern = "a?".repeat(100_000);
        assertThat(lab.call("string.find", "aaa", pattern)).containsExactly(1.0, 3.0);
    }

    @Test
    void a_pattern_longer_than_any_is_refused() {
        assertThat(lab.error("string.match", "aaa", "a?".repeat(1 << 20)))
                .isEqualTo("pattern too long");
    }

    @Test
    void a_megabyte_of_digits_is_no_number() {
        assertThat(lab.one("tonumber", "1".repeat(1 << 21))).isEqualTo(LuaNil.NIL);
        assertThat(lab.one("tonumber", "1".repeat(1 << 21), 2)).isEqualTo(LuaNil.NIL);
    }

    @Test
    void a_pattern_with_too_many_choices_is_refused() {
        String pattern = "a?".repeat(300_000);
        assertThatThrownBy(() -> lab.call("string.find", "a".repeat(300_000), pattern))
                .isInstanceOf(LuaError.class)
                .hasMessage("pattern too complex");
    }
}
