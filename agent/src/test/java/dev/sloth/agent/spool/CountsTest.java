package dev.sloth.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How many lines of each channel an attempt has had.
class CountsTest {
    private static final List<String> CHANNELS = List.of("out", "err", "INFO");
    private static final int LINES = 300;

    @TempDir private Path folder;

    @Test
    void counts_are_of_all_lines_also_of_those_that_are_stored_and_after_restarts()
            throws Exception {
        var limits =
                new SpoolLimits(
                        10,
                        10,
                        SpoolLimits.DEFAULT.remembered(),
                        1,
                        1 << 20,
                        500,
                        SpoolLimits.DEFAULT.retryEvery());
        Map<String, Long> expected = new HashMap<>();
        for (int i = 0; i < LINES; i++) {
            try (var spool = LogSpool.open(folder, limits, _ -> {})) {
                assertThat(spool.counts("a")).isEqualTo(expected);
                for (int n = 0; n <= i % 3; n++) {
                    var channel = CHANNELS.get((i + n) % CHANNELS.size());
                    long number = spool.add("a", channel, Instant.EPOCH, "line " + i);
                    expected.merge(channel, 1L, Long::sum);
                    if (i % 7 == 0) {
                        spool.stored("a", number + 1);
                    }
                }
                assertThat(spool.counts("a")).isEqualTo(expected);
            }
        }
        assertThat(expected.values().stream().mapToLong(Long::longValue).sum())
                .isGreaterThan(LINES);
    }
}
