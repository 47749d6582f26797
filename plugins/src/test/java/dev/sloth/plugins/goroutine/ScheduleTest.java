package dev.sloth.plugins.goroutine;

import static dev.sloth.plugins.testing.Caller.function;
import static dev.sloth.plugins.testing.Caller.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.testing.Caller;
import dev.sloth.plugins.testing.ScheduledTurns;
import dev.sloth.plugins.testing.TestHost;
import dev.sloth.testkit.Gen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Random programs of goroutines, in random schedules, against a simple model.
class ScheduleTest {
    private static final int PROGRAMS = 4_000;
    private static final int DEPTH_MAX = 2;
    private static final int MUTEXES = 1;
    private static final int GROUPS = 1;

    private static final Op LAST = new Op.Receive(0);

    @Test
    void whatever_goroutines_do_means_what_the_model_says() {
        Gen.forAll(PROGRAMS, gen -> new Program(gen).run());
    }

    /// One program and its run. Channel 0 is used by nobody but the main function in the end, to
    /// see that all others have ended or wait for ever.
    private static final class Program {
        private final Gen gen;
        private final List<Integer> capacities = new ArrayList<>(List.of(0));
        private final ScheduledTurns turns;
        private final Caller go;
        private final ScheduleModel model;
        private final List<Value> channels = new ArrayList<>();
        private final List<Value> mutexes = new ArrayList<>();
        private final List<Value> groups = new ArrayList<>();
        private final AtomicInteger goroutines = new AtomicInteger();
        private int values;

        Program(Gen gen) {
            this.gen = gen;
            capacities.addAll(gen.list(gen.between(1, 3), () -> gen.below(3)));
            turns = new ScheduledTurns(gen);
            var host = new TestHost().concurrency(turns).random(new SplittableRandom(gen.size()));
            go = new Caller(GoroutineModule.module(), host);
            model = new ScheduleModel(capacities, MUTEXES, GROUPS);
        }

        void run() {
            capacities.forEach(capacity -> channels.add(go.call("channel", capacity)));
            mutexes.add(go.call("mutex"));
            groups.add(go.call("wait_group"));
            var body = new ArrayList<Op>();
            for (int i = gen.between(1, 4); i > 0; i--) {
                body.add(new Op.Spawn(ops(1)));
            }
            body.addAll(ops(1));
            body.add(LAST);
            turns.run(() -> perform(goroutines.getAndIncrement(), body));
            model.rests();
        }

        private List<Op> ops(int depth) {
            return gen.list(gen.below(2 + gen.size() / 4), () -> op(depth));
        }

        private Op op(int depth) {
            int kind = gen.below(100);
            if (kind < 20) {
                return new Op.Send(channel(), ++values);
            } else if (kind < 40) {
                return new Op.Receive(channel());
            } else if (kind < 45) {
                return new Op.TrySend(channel(), ++values);
            } else if (kind < 50) {
                return new Op.TryReceive(channel());
            } else if (kind < 53) {
                return new Op.Close(channel());
            } else if (kind < 55) {
                return new Op.Length(channel());
            } else if (kind < 78) {
                var cases = gen.list(gen.between(1, 4), this::oneCase);
                return new Op.Select(cases, gen.oneOf(0, 0, -1, 3));
            } else if (kind < 82) {
                return new Op.Lock(0);
            } else if (kind < 84) {
                return new Op.TryLock(0);
            } else if (kind < 88) {
                return new Op.Unlock(0);
            } else if (kind < 92) {
                return new Op.Add(0, gen.oneOf(1, 2, -1, -1));
            } else if (kind < 94) {
                return new Op.Await(0, gen.oneOf(0, 4));
            } else if (kind < 97) {
                return new Op.Sleep(gen.between(1, 5));
            }
            return depth < DEPTH_MAX ? new Op.Spawn(ops(depth + 1)) : new Op.Length(channel());
        }

        private int channel() {
            return gen.between(1, capacities.size() - 1);
        }

        private Op.Case oneCase() {
            return new Op.Case(gen.yes(), channel(), ++values);
        }

        private void perform(int who, List<Op> body) {
            for (var op : body) {
                model.begins(who, op, turns.nanoTime());
                List<Value> result;
                try {
                    result = result(op);
                } catch (CallFailure e) {
                    var message = String.valueOf(e.getMessage());
                    if (message.startsWith("deadlock")) {
                        model.isToldOfDeadlock(who);
                        continue;
                    }
                    result = Caller.values(message);
                }
                model.ends(who, op, result, turns.nanoTime());
            }
        }

        private List<Value> result(Op op) {
            return switch (op) {
                case Op.Send(int c, int v) -> go.on(channels.get(c), "send", v);
                case Op.Receive(int c) -> go.on(channels.get(c), "receive");
                case Op.TrySend(int c, int v) -> go.on(channels.get(c), "try_send", v);
                case Op.TryReceive(int c) -> go.on(channels.get(c), "try_receive");
                case Op.Close(int c) -> go.on(channels.get(c), "close");
                case Op.Length(int c) -> go.on(channels.get(c), "len");
                case Op.Select(var cases, int millis) -> select(cases, millis);
                case Op.Lock(int m) -> go.on(mutexes.get(m), "lock");
                case Op.TryLock(int m) -> go.on(mutexes.get(m), "try_lock");
                case Op.Unlock(int m) -> go.on(mutexes.get(m), "unlock");
                case Op.Add(int g, int n) -> go.on(groups.get(g), "add", n);
                case Op.Await(int g, int millis) ->
                        millis == 0
                                ? go.on(groups.get(g), "wait")
                                : go.on(groups.get(g), "wait", millis);
                case Op.Sleep(int millis) -> go.all("sleep", millis);
                case Op.Spawn(var body) -> {
                    int who = goroutines.getAndIncrement();
                    yield go.all(
                            "spawn",
                            function(_ -> {
                                perform(who, body);
                                return List.of();
                            }));
                }
            };
        }

        private List<Value> select(List<Op.Case> cases, int millis) {
            var all = new ArrayList<Object>();
            for (var one : cases) {
                var channel = channels.get(one.channel());
                all.add(
                        one.send()
                                ? Map.of("channel", channel, "send", one.value())
                                : Map.of("channel", channel, "receive", true));
            }
            if (millis > 0) {
                return go.all("select_timeout", millis, all);
            }
            if (millis < 0) {
                all.add(Map.of("default", true));
            }
            return go.all("select", all);
        }
    }

    @Test
    void a_select_takes_each_of_its_ready_cases_as_often_and_the_same_ones_from_the_same_seed() {
        var picks = picks(11);
        for (int index = 1; index <= 4; index++) {
            int one = index;
            assertThat(picks.stream().filter(value(one)::equals).count())
                    .as("case " + index)
                    .isBetween(900L, 1_100L);
        }
        assertThat(picks(11)).isEqualTo(picks);
        assertThat(picks(12)).isNotEqualTo(picks);
    }

    /// Which of four ready cases are taken in 4,000 selects: two that receive and two that send.
    private static List<Value> picks(long seed) {
        var turns = new ScheduledTurns(new Gen(seed, 1));
        var host = new TestHost().concurrency(turns).random(new SplittableRandom(seed));
        var go = new Caller(GoroutineModule.module(), host);
        var picks = new ArrayList<Value>();
        turns.run(() -> {
            var full = go.call("channel", 4_000);
            var empty = go.call("channel", 4_000);
            for (int i = 0; i < 4_000; i++) {
                go.on(full, "send", i);
            }
            var cases =
                    List.of(
                            Map.of("channel", full, "receive", true),
                            Map.of("channel", empty, "send", 1),
                            Map.of("channel", full, "receive", true),
                            Map.of("channel", empty, "send", 2));
            for (int i = 0; i < 4_000; i++) {
                picks.add(go.call("select", cases));
            }
        });
        return picks;
    }

    @Test
    void those_who_wait_at_a_channel_are_served_in_the_order_of_their_coming_selects_too() {
        Gen.forAll(
                200,
                gen -> {
                    var turns = new ScheduledTurns(gen);
                    var go =
                            new Caller(GoroutineModule.module(), new TestHost().concurrency(turns));
                    turns.run(() -> {
                        var a = go.call("channel");
                        var b = go.call("channel");
                        var came = new ArrayList<Integer>();
                        var served = new ArrayList<Integer>();
                        var cases =
                                List.of(
                                        Map.of("channel", a, "receive", true),
                                        Map.of("channel", b, "receive", true));
                        int all = gen.between(2, 8);
                        for (int i = 0; i < all; i++) {
                            int who = i;
                            go.call(
                                    "spawn",
                                    function(_ -> {
                                        came.add(who);
                                        var result =
                                                who % 2 == 0
                                                        ? go.all("select", cases).get(1)
                                                        : go.first(a, "receive");
                                        assertThat(result).isEqualTo(value(who));
                                        served.add(who);
                                        return List.of();
                                    }));
                        }
                        while (came.size() < all) {
                            go.call("sleep", 1);
                        }
                        for (int who : List.copyOf(came)) {
                            assertThat(go.first(a, "send", who)).isEqualTo(value(true));
                        }
                        while (served.size() < all) {
                            go.call("sleep", 1);
                        }
                        assertThat(served).hasSize(all).containsExactlyInAnyOrderElementsOf(came);
                    });
                });
    }
}
