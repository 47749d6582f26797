package dev.sloth.plugins.goroutine;

import static dev.sloth.plugins.testing.Caller.function;
import static dev.sloth.plugins.testing.Caller.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.testing.Caller;
import dev.sloth.plugins.testing.TestHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class GoroutineTest {
    private static final Value NIL = Value.Nil.NIL;
    private final TestHost host = new TestHost();
    private final Caller go = new Caller(GoroutineModule.module(), host);

    private void spawn(Caller.Body body) {
        go.call("spawn", function(body));
    }

    @Test
    void an_unbuffered_channel_hands_values_over_in_order() throws Exception {
        host.turns.run(() -> {
            var ch = go.call("channel");
            spawn(_ -> {
                for (int i = 1; i <= 100; i++) {
                    go.on(ch, "send", i);
                }
                return go.on(ch, "close");
            });
            for (int i = 1; i <= 100; i++) {
                assertThat(go.on(ch, "receive")).isEqualTo(Caller.values(i, true));
            }
            assertThat(go.on(ch, "receive")).containsExactly(NIL, Value.Bool.FALSE);
        });
    }

    @Test
    void a_buffered_channel_keeps_its_values_when_closed() throws Exception {
        host.turns.run(() -> {
            var ch = go.call("channel", 2);
            go.on(ch, "send", "a");
            assertThat(go.on(ch, "try_send", "b")).isEqualTo(Caller.values(true));
            assertThat(go.on(ch, "try_send", "c"))
                    .isEqualTo(Caller.values(false, "channel is full"));
            assertThat(go.first(ch, "len")).isEqualTo(value(2));
            assertThat(go.first(ch, "close")).isEqualTo(value(true));
            assertThat(go.first(ch, "close")).isEqualTo(value(false));
            assertThat(go.on(ch, "send", "d"))
                    .isEqualTo(Caller.values(false, "send on closed channel"));
            assertThat(go.first(ch, "receive")).isEqualTo(value("a"));
            assertThat(go.first(ch, "try_receive")).isEqualTo(value("b"));
            assertThat(go.on(ch, "try_receive")).containsExactly(NIL, Value.Bool.FALSE);
        });
    }

    @Test
    void a_channel_with_a_direction_goes_only_that_way() throws Exception {
        host.turns.run(() -> {
            var send = go.call("channel", 1, "send");
            assertThat(go.first(send, "send", 1)).isEqualTo(value(true));
            for (var method : List.of("receive", "try_receive")) {
                assertThatThrownBy(() -> go.on(send, method))
                        .isInstanceOf(CallFailure.class)
                        .hasMessage("this channel only sends");
            }
            assertThatThrownBy(() -> go.on(send, "range", function(_ -> List.of())))
                    .hasMessage("this channel only sends");
            assertThatThrownBy(() -> go.call("channel_receive", send))
                    .hasMessage("this channel only sends");
            var receive = go.call("channel", 1, "receive");
            for (var method : List.of("send", "try_send")) {
                assertThatThrownBy(() -> go.on(receive, method, 1))
                        .isInstanceOf(CallFailure.class)
                        .hasMessage("this channel only receives");
            }
            assertThatThrownBy(() -> go.call("channel_send", receive, 1))
                    .hasMessage("this channel only receives");
            assertThatThrownBy(() -> go.call("channel", 1, "sideways"))
                    .isInstanceOf(CallFailure.class)
                    .hasMessageContaining("not sideways");
        });
    }

    @Test
    void closing_wakes_all_who_wait_to_send_or_to_receive() throws Exception {
        host.turns.run(() -> {
            var empty = go.call("channel");
            var full = go.call("channel");
            var ends = new ArrayList<List<Value>>();
            for (int i = 0; i < 3; i++) {
                spawn(_ -> note(ends, go.on(empty, "receive")));
                spawn(_ -> note(ends, go.on(full, "send", 1)));
            }
            go.call("sleep", 20);
            go.on(empty, "close");
            go.on(full, "close");
            go.call("sleep", 20);
            assertThat(ends).hasSize(6);
            assertThat(ends)
                    .containsOnly(
                            List.of(NIL, Value.Bool.FALSE),
                            Caller.values(false, "send on closed channel"));
        });
    }

    private static List<Value> note(List<List<Value>> ends, List<Value> end) {
        ends.add(end);
        return List.of();
    }

    @Test
    void all_waiting_for_ever_is_told_to_the_main_function_and_the_others_stay_as_they_are()
            throws Exception {
        host.turns.run(() -> {
            var ch = go.call("channel");
            spawn(_ -> go.on(ch, "receive"));
            assertThatThrownBy(() -> go.on(ch, "receive"))
                    .isInstanceOf(CallFailure.class)
                    .hasMessageContaining("channel receive");
            assertThat(go.first(ch, "try_send", 1)).isEqualTo(value(true));
        });
        assertThat(host.logged).isEmpty();
    }

    @Test
    void select_takes_what_is_ready_and_else_the_default() throws Exception {
        host.turns.run(() -> {
            var ch = go.call("channel");
            var other = go.call("channel", 1);
            var cases =
                    List.of(
                            Map.of("channel", ch, "receive", true),
                            Map.of("channel", ch, "send", 1),
                            Map.of("default", true));
            assertThat(go.all("select", cases)).isEqualTo(Caller.values(3));
            go.on(other, "send", "x");
            var both =
                    List.of(
                            Map.of("channel", ch, "receive", true),
                            Map.of("channel", other, "receive", true));
            assertThat(go.all("select", both)).isEqualTo(Caller.values(2, "x", true));
            assertThat(go.all("select_timeout", 5, both))
                    .isEqualTo(List.of(NIL, Text.of("timeout")));
        });
    }

    @Test
    void a_select_that_lost_never_takes_a_value_later() throws Exception {
        host.turns.run(() -> {
            var a = go.call("channel");
            var b = go.call("channel");
            var cases =
                    List.of(
                            Map.of("channel", a, "receive", true),
                            Map.of("channel", b, "receive", true));
            spawn(_ -> go.on(a, "send", "first"));
            assertThat(go.all("select", cases)).isEqualTo(Caller.values(1, "first", true));
            assertThat(go.first(b, "try_send", "lost")).isEqualTo(value(false));
            assertThat(go.all("select_timeout", 5, cases).getFirst()).isEqualTo(NIL);
            assertThat(go.first(a, "try_send", "lost")).isEqualTo(value(false));
        });
    }

    @Test
    void select_is_fair_among_ready_channels() throws Exception {
        host.random(RandomGeneratorFactory.of("L64X128MixRandom").create(3));
        host.turns.run(() -> {
            var a = go.call("channel", 1000);
            var b = go.call("channel", 1000);
            int fromA = 0;
            for (int i = 0; i < 1000; i++) {
                go.on(a, "send", i);
                go.on(b, "send", i);
            }
            var cases =
                    List.of(
                            Map.of("channel", a, "receive", true),
                            Map.of("channel", b, "receive", true));
            for (int i = 0; i < 500; i++) {
                fromA += go.call("select", cases).equals(value(1)) ? 1 : 0;
            }
            assertThat(fromA).isBetween(180, 320);
        });
    }

    @Test
    void no_value_is_lost_or_doubled_among_many_senders_and_selecting_receivers() throws Exception {
        host.turns.run(() -> {
            var a = go.call("channel");
            var b = go.call("channel", 3);
            var got = new ArrayList<Double>();
            var wg = go.call("wait_group");
            go.on(wg, "add", 20);
            for (int s = 0; s < 20; s++) {
                int sender = s;
                spawn(_ -> {
                    for (int i = 0; i < 50; i++) {
                        go.on(i % 2 == 0 ? a : b, "send", sender * 50 + i);
                    }
                    return go.on(wg, "done");
                });
            }
            var cases =
                    List.of(
                            Map.of("channel", a, "receive", true),
                            Map.of("channel", b, "receive", true));
            for (int r = 0; r < 5; r++) {
                spawn(_ -> {
                    for (int i = 0; i < 200; i++) {
                        var result = go.all("select", cases);
                        got.add(((Value.Num) result.get(1)).value());
                    }
                    return List.of();
                });
            }
            go.on(wg, "wait");
            go.call("sleep", 30);
            assertThat(got).hasSize(1000).doesNotHaveDuplicates();
        });
    }

    @Test
    void a_mutex_lets_one_in_at_a_time_and_with_lock_releases_on_failure() throws Exception {
        host.turns.run(() -> {
            var mutex = go.call("mutex");
            var inside = new int[3];
            for (int i = 0; i < 10; i++) {
                spawn(_ -> {
                    go.on(mutex, "lock");
                    inside[1] = Math.max(inside[1], ++inside[0]);
                    go.call("sleep", 1);
                    inside[0]--;
                    inside[2]++;
                    return go.on(mutex, "unlock");
                });
            }
            go.call("sleep", 1);
            Value.Callable failing =
                    function(_ -> {
                        throw new IllegalStateException("oh");
                    });
            assertThatThrownBy(() -> go.on(mutex, "with_lock", failing)).hasMessage("oh");
            while (inside[2] < 10) {
                go.call("sleep", 1);
            }
            assertThat(go.first(mutex, "try_lock")).isEqualTo(value(true));
            go.on(mutex, "unlock");
            assertThatThrownBy(() -> go.on(mutex, "unlock")).hasMessageContaining("not locked");
            assertThat(inside[1]).isEqualTo(1);
        });
    }

    @Test
    void readers_share_and_a_waiting_writer_goes_before_later_readers() throws Exception {
        host.turns.run(() -> {
            var lock = go.call("rwmutex");
            var order = new ArrayList<String>();
            go.on(lock, "rlock");
            assertThat(go.first(lock, "try_rlock")).isEqualTo(value(true));
            spawn(_ -> {
                go.on(lock, "lock");
                order.add("writer");
                return go.on(lock, "unlock");
            });
            go.call("sleep", 10);
            assertThat(go.first(lock, "try_rlock")).isEqualTo(value(false));
            spawn(_ -> {
                go.on(lock, "rlock");
                order.add("reader");
                return go.on(lock, "runlock");
            });
            go.call("sleep", 10);
            go.on(lock, "runlock");
            go.on(lock, "runlock");
            go.call("sleep", 20);
            assertThat(order).containsExactly("writer", "reader");
        });
    }

    @Test
    void semaphores_conditions_counters_and_once_keep_their_promises() throws Exception {
        host.turns.run(() -> {
            var s = go.call("semaphore", 2);
            go.on(s, "acquire");
            assertThat(go.first(s, "try_acquire")).isEqualTo(value(true));
            assertThat(go.first(s, "try_acquire")).isEqualTo(value(false));
            go.on(s, "release");
            assertThat(go.first(s, "available")).isEqualTo(value(1));
            go.on(s, "release");
            assertThatThrownBy(() -> go.on(s, "release")).isInstanceOf(CallFailure.class);

            var n = go.call("atomic_int", 5);
            assertThat(go.first(n, "add", -2)).isEqualTo(value(3));
            assertThat(go.first(n, "compare_and_swap", 3, 9)).isEqualTo(value(true));
            assertThat(go.first(n, "compare_and_swap", 3, 1)).isEqualTo(value(false));
            assertThat(go.first(n, "swap", 1)).isEqualTo(value(9));

            var cond = go.call("cond");
            for (int i = 0; i < 3; i++) {
                spawn(_ -> {
                    go.on(cond, "lock");
                    go.on(cond, "wait");
                    go.on(n, "add", 1);
                    return go.on(cond, "unlock");
                });
            }
            go.call("sleep", 10);
            go.on(cond, "signal");
            go.call("sleep", 10);
            assertThat(go.first(n, "load")).isEqualTo(value(2));
            go.on(cond, "broadcast");
            go.call("sleep", 10);
            assertThat(go.first(n, "load")).isEqualTo(value(4));

            var once = go.call("once");
            var add = function(_ -> go.on(n, "add", 10));
            assertThat(go.first(once, "call", add)).isEqualTo(value(true));
            assertThat(go.first(once, "call", add)).isEqualTo(value(false));
            assertThat(go.first(n, "load")).isEqualTo(value(14));
        });
    }

    @Test
    void async_gives_values_and_errors_and_timeouts_end_the_wait() throws Exception {
        host.turns.run(() -> {
            var good = go.call("async", function(a -> List.of(a.get(0), value("b"))), 7);
            var bad =
                    go.call(
                            "async",
                            function(_ -> {
                                throw new IllegalStateException("broken");
                            }));
            assertThat(go.all("await", good)).isEqualTo(Caller.values(true, 7, "b"));
            assertThat(go.all("await", bad)).isEqualTo(Caller.values(false, "broken"));
            var all = (DataTable) go.call("await_all", List.of(good, bad));
            assertThat(((DataTable) all.at(2)).at("error")).isEqualTo(value("broken"));
            var slow = function(_ -> go.all("sleep", 200));
            assertThat(go.all("timeout", 10, slow))
                    .isEqualTo(Caller.values(false, "timeout exceeded"));
        });
    }

    @Test
    void map_keeps_the_order_and_names_the_failing_item() throws Exception {
        host.turns.run(() -> {
            var twice =
                    function(a -> {
                        double x = ((Value.Num) a.getFirst()).value();
                        go.call("sleep", 10 - 3 * x);
                        return List.of(value(x * 2));
                    });
            assertThat(go.call("map", List.of(1, 2, 3), twice)).isEqualTo(value(List.of(2, 4, 6)));
            var failing =
                    function(_ -> {
                        throw new IllegalStateException("no");
                    });
            assertThat(go.error("map", List.of(1), failing)).isEqualTo("item 1: no");
        });
    }

    @Test
    void pools_bound_their_workers_and_keep_results() throws Exception {
        host.turns.run(() -> {
            go.call("pool_create", "p", Map.of("workers", 2));
            assertThat(go.error("pool_create", "p")).contains("exists");
            var running = new int[2];
            var job =
                    function(a -> {
                        running[1] = Math.max(running[1], ++running[0]);
                        go.call("sleep", 2);
                        running[0]--;
                        return a;
                    });
            var ids = new ArrayList<Value>();
            for (int i = 0; i < 20; i++) {
                ids.add(go.call("pool_submit", "p", job, i));
            }
            assertThat(go.all("pool_result", "p", ids.get(3))).isEqualTo(Caller.values(true, 3));
            go.call("pool_wait", "p");
            assertThat(running[1]).isEqualTo(2);
            assertThat(((DataTable) go.call("pool_results", "p")).length()).isEqualTo(20);
            var stats = (DataTable) go.call("pool_stats", "p");
            assertThat(stats.at("completed")).isEqualTo(value(20));
            assertThat(go.error("pool_submit", "p", job)).isEqualTo("the pool is closed");
            assertThat(go.error("pool_wait", "q")).isEqualTo("there is no pool q");
        });
    }

    @Test
    void a_pipeline_with_fans_delivers_each_value_once() throws Exception {
        host.turns.run(() -> {
            var in = go.call("channel");
            var outs = (DataTable) go.call("fan_out", in, 3);
            var plus = function(a -> List.of(num(a, 1)));
            var stages = List.of(Map.of("workers", 2, "fn", plus), Map.of("fn", plus));
            var ends = new ArrayList<Value>();
            for (int i = 1; i <= 3; i++) {
                ends.add(go.call("pipeline", outs.at(i), stages));
            }
            var all = go.call("fan_in", ends);
            spawn(_ -> {
                for (int i = 0; i < 200; i++) {
                    go.on(in, "send", i);
                }
                return go.on(in, "close");
            });
            var got = new TreeSet<Double>();
            var count = new int[1];
            go.on(
                    all,
                    "range",
                    function(a -> {
                        count[0]++;
                        got.add(((Value.Num) a.getFirst()).value());
                        return List.of();
                    }));
            assertThat(count[0]).isEqualTo(200);
            assertThat(got).hasSize(200);
            assertThat(got.first()).isEqualTo(2);
            assertThat(got.last()).isEqualTo(201);
        });
    }

    private static Value num(List<Value> arguments, int more) {
        return value(((Value.Num) arguments.getFirst()).value() + more);
    }

    @Test
    void cancelling_a_context_ends_its_children_and_deadlines_pass() throws Exception {
        host.turns.run(() -> {
            var root = go.call("context");
            var pair = go.on(root, "with_cancel");
            var child = go.first(pair.getFirst(), "with_timeout", 1000);
            assertThat(go.first(child, "err")).isEqualTo(NIL);
            assertThat(go.first(child, "deadline"))
                    .isEqualTo(value(TestHost.NOW.toEpochMilli() + 1000));
            host.now = TestHost.NOW.plusMillis(1000);
            assertThat(go.first(child, "err")).isEqualTo(value("context deadline exceeded"));
            var other = go.first(pair.getFirst(), "with_cancel");
            spawn(_ -> {
                ((Value.Callable) pair.get(1)).call(List.of());
                return List.of();
            });
            assertThat(go.first(other, "wait")).isEqualTo(value("context canceled"));
            assertThat(go.first(root, "is_cancelled")).isEqualTo(value(false));
        });
    }

    @Test
    void who_waits_on_contexts_is_told_when_one_above_is_cancelled() throws Exception {
        host.turns.run(() -> {
            var root = go.call("context");
            var ready = go.call("channel");
            var waiting = new ArrayList<Value>();
            for (int i = 0; i < 3; i++) {
                var body =
                        function(_ -> {
                            var middle = go.first(root, "with_cancel");
                            var last = go.first(middle, "with_cancel");
                            // This one leaves again, and the others wait on.
                            assertThat(go.first(middle, "wait", 1)).isEqualTo(NIL);
                            go.on(ready, "send", true);
                            return go.on(last, "wait");
                        });
                waiting.add(go.call("async", body));
            }
            for (var _ : waiting) {
                go.on(ready, "receive");
            }
            go.on(root, "cancel");
            for (var each : waiting) {
                assertThat(go.all("await", each))
                        .isEqualTo(Caller.values(true, "context canceled"));
            }
        });
    }
}
