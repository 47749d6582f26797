package dev.sloth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills real runners of a run of 200 tasks at moments by chance, alone or with all that belongs to
/// them, and resumes: nothing is lost, nothing is done twice.
final class CrashBatteryIT {
    private static final int ROUNDS = 20;
    private static final int NIGHTLY_ROUNDS = 300;
    private static final long SEED_STEP = 0xD134_2543_DE82_EF95L;

    @TempDir private Path scratch;
    private int kills;
    private int decided;

    @Test
    void in_the_end_nothing_is_lost_and_nothing_done_twice_whenever_runners_are_killed()
            throws Exception {
        var wanted = System.getProperty("sloth.seed", "");
        if (!wanted.isEmpty()) {
            round(Long.parseLong(wanted.replaceFirst(":.*", "")), 0);
            return;
        }
        int rounds = Math.min(NIGHTLY_ROUNDS, ROUNDS * Integer.getInteger("sloth.scale", 1));
        for (int i = 0; i < rounds; i++) {
            round(SEED_STEP * (i + 1), i);
        }
        assertThat(kills).as("kills").isGreaterThan(rounds / 2);
        assertThat(decided).as("decisions").isPositive();
    }

    private void round(long seed, int number) throws Exception {
        var random = new SplittableRandom(seed);
        var hows = CrashedRun.How.values();
        var how = hows[random.nextInt(hows.length)];
        var folder = Files.createDirectory(scratch.resolve("round" + number));
        var run = new CrashedRun(folder, scratch, how, random);
        try {
            run.drive();
        } catch (Exception | AssertionError e) {
            throw new AssertionError(
                    "again with -Dsloth.seed=%d (%s): %s".formatted(seed, how, e.getMessage()), e);
        }
        kills += run.kills;
        decided += run.decided;
    }
}
