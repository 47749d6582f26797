package dev.sloth.agent.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.agent.process.Victim;
import dev.sloth.testkit.Gen;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kills a real process again and again and looks what it has left.
@Timeout(120)
final class KilledKeeperTest {
    private static final int ROUNDS = 5;

    @TempDir private Path folder;

    private static Set<String> after(List<String> said, String word) {
        return said.stream()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length() + 1))
                .collect(Collectors.toSet());
    }

    /// One life and its sudden end.
    ///
    /// @return all that it said
    private List<String> live(int round, int lines) throws Exception {
        try (var victim =
                Victim.start(
                        KilledKeeper.class,
                        List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"),
                        List.of(folder.toString(), "r" + round))) {
            var count = new AtomicInteger();
            victim.awaitLine(_ -> count.incrementAndGet() >= lines);
            return victim.kill();
        }
    }

    @Test
    void whatever_an_agent_had_said_before_it_was_killed_is_there_afterwards() throws Exception {
        var said = new ArrayList<String>();
        var gen = new Gen(20_260_102L, Gen.SIZE_MAX);
        for (int round = 0; round < ROUNDS; round++) {
            said.addAll(live(round, gen.between(20, 1500)));
            checkJournal(said);
            checkLines(said);
        }
    }

    private void checkJournal(List<String> said) throws Exception {
        var accepted = after(said, "accepted");
        var finished = after(said, "finished");
        var acknowledged = after(said, "acknowledging");
        try (var journal =
                WorkJournal.open(
                        folder.resolve("work"),
                        SpoolLimits.DEFAULT,
                        InstantSource.system(),
                        _ -> {})) {
            var open = new HashMap<String, String>();
            for (var work : journal.unacknowledged()) {
                open.put(work.id(), new String(work.order(), UTF_8));
            }
            for (var id : accepted) {
                if (!acknowledged.contains(id)) {
                    assertThat(open).containsEntry(id, "order of " + id);
                }
                assertThat(journal.accept(id, new byte[] {}))
                        .isInstanceOfSatisfying(
                                Accepting.Known.class,
                                known -> {
                                    if (finished.contains(id)) {
                                        assertThat(known.result().orElseThrow())
                                                .isEqualTo(("result of " + id).getBytes(UTF_8));
                                    }
                                });
            }
        }
    }

    private void checkLines(List<String> said) throws Exception {
        Map<String, List<String>> kept = new HashMap<>();
        try (var spool = LogSpool.open(folder.resolve("logs"), SpoolLimits.DEFAULT, _ -> {})) {
            for (var batch = spool.next(1 << 16, Duration.ZERO);
                    batch.isPresent();
                    batch = spool.next(1 << 16, Duration.ZERO)) {
                var lines = kept.computeIfAbsent(batch.get().id(), _ -> new ArrayList<>());
                assertThat(batch.get().first()).isEqualTo(lines.size());
                batch.get().lines().forEach(line -> lines.add(line.text()));
            }
        }
        var names = new HashSet<String>();
        for (var each : after(said, "line")) {
            var name = each.substring(0, each.indexOf(' '));
            int number = Integer.parseInt(each.substring(each.indexOf(' ') + 1));
            names.add(name);
            var lines = kept.getOrDefault(name, List.of());
            assertThat(lines).hasSizeGreaterThan(number);
            assertThat(lines.get(number))
                    .isEqualTo(name + "-" + number / 3 + " says " + number % 3);
        }
        assertThat(names).isNotEmpty();
    }
}
