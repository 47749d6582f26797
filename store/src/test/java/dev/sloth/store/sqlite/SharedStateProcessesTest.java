package dev.sloth.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.state.Answer;
import dev.sloth.api.state.StateCommand;
import dev.sloth.api.value.Value;
import dev.sloth.core.state.LocalState;
import dev.sloth.core.state.StateLimits;
import dev.sloth.store.sqlite.History.Operation;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Four processes with four threads each share one state, and are killed in the middle of it.
final class SharedStateProcessesTest {
    private static final int PROCESSES = 4;
    private static final int SCALE = Math.min(10, Integer.getInteger("sloth.scale", 1));
    private static final int ROUNDS = 2 * SCALE;

    @TempDir private Path folder;

    /// What a process said until it was killed.
    private static List<String> said(String act, Path home, int seed, int lines) throws Exception {
        try (var child = Child.start(act, home, Integer.toString(seed))) {
            var said = child.lines(lines);
            child.kill();
            said.addAll(child.lines());
            return said;
        }
    }

    /// @param lines after how many a process is killed at the earliest
    /// @param more how many more each of them says than the one before
    private static List<List<String>> together(String act, Path home, int lines, int more)
            throws Exception {
        var calls = new ArrayList<Callable<List<String>>>();
        for (int i = 0; i < PROCESSES; i++) {
            int seed = i + 1;
            calls.add(() -> said(act, home, seed, lines + more * seed));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<List<String>>();
            for (var future : threads.invokeAll(calls)) {
                all.add(future.get());
            }
            return all;
        }
    }

    @Test
    void every_history_is_linearizable() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var byKey = new HashMap<String, List<Operation>>();
            var said = together("state", folder.resolve("home-" + round), 300, 60);
            for (int i = 0; i < said.size(); i++) {
                for (var operation : operations(i + 1, said.get(i))) {
                    byKey.computeIfAbsent(History.key(operation.command()), _ -> new ArrayList<>())
                            .add(operation);
                }
            }
            assertThat(byKey).containsOnlyKeys(History.KEYS);
            byKey.forEach((key, operations) -> {
                assertThat(operations).as(key).hasSizeGreaterThan(100);
                assertThat(History.linearizable(operations)).as(key).isTrue();
            });
            tellsOfLocks(byKey.getOrDefault(History.LOCK, List.of()));
        }
    }

    /// They were taken and given back, and refused to others and to tokens that are none any more.
    private static void tellsOfLocks(List<Operation> operations) {
        for (boolean done : List.of(true, false)) {
            for (var act : List.of(StateCommand.Lock.class, StateCommand.Unlock.class)) {
                assertThat(operations)
                        .as("%s %s", act, done)
                        .filteredOn(o -> act.isInstance(o.command()))
                        .filteredOn(o -> o.answer().filter(a -> a.done() == done).isPresent())
                        .hasSizeGreaterThan(5);
            }
        }
    }

    /// Lines `call THREAD NUMBER NANOS TOKEN` and `answer THREAD NUMBER NANOS DONE VALUE`.
    private static List<Operation> operations(int seed, List<String> lines) {
        Map<String, String[]> calls = new HashMap<>();
        var all = new ArrayList<Operation>();
        for (var line : lines) {
            var words = line.split(" ", -1);
            var id = words[1] + " " + words[2];
            if (words[0].equals("call")) {
                calls.put(id, words);
            } else if (words.length == 6) {
                var call = Optional.ofNullable(calls.remove(id)).orElseThrow();
                all.add(
                        operation(
                                seed, call, Long.parseLong(words[3]), Optional.of(answer(words))));
            }
        }
        calls.values()
                .forEach(call -> all.add(operation(seed, call, Long.MAX_VALUE, Optional.empty())));
        return all;
    }

    private static Operation operation(
            int seed, String[] call, long returned, Optional<Answer> answer) {
        var command =
                History.command(
                        seed,
                        Integer.parseInt(call[1]),
                        Integer.parseInt(call[2]),
                        Long.parseLong(call[4]));
        return new Operation(command, Long.parseLong(call[3]), returned, answer);
    }

    private static Answer answer(String[] words) {
        var value =
                words[5].equals("nil")
                        ? Value.Nil.NIL
                        : new Value.Num(Double.parseDouble(words[5]));
        return new Answer(Boolean.parseBoolean(words[4]), value);
    }

    @Test
    void never_does_a_lock_let_two_in_and_no_crash_keeps_it_for_longer_than_its_time()
            throws Exception {
        var home = folder.resolve("locked");
        int counted = 0;
        for (var lines : together("locks", home, 10, 20 * SCALE)) {
            counted += (int) lines.stream().filter("counted"::equals).count();
        }

        assertThat(counted).isGreaterThan(100);
        try (var store = Sample.open(home);
                var state =
                        new LocalState(
                                store.state(),
                                "test",
                                StateLimits.DEFAULT,
                                InstantSource.system(),
                                InstantSource.system())) {
            var value = state.ask(new StateCommand.Get("sum", Optional.empty())).value();
            // Each thread may have been killed after it had counted and before it could say so.
            assertThat(((Value.Num) value).value()).isBetween((double) counted, counted + 16.0);
        }
    }
}
