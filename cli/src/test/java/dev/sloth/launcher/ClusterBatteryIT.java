package dev.sloth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.core.store.Store;
import dev.sloth.store.sqlite.SqliteStore;
import dev.sloth.store.sqlite.StoreConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kills the master and the agents of runs at moments by chance, and starts them again.
final class ClusterBatteryIT {
    private static final int ROUNDS = 20;
    private static final int NIGHTLY_ROUNDS = 300;
    private static final long SEED_STEP = 0xD134_2543_DE82_EF95L;
    private static final int KILLS_MAX = 3;
    private static final int LATER_MILLIS = 120;
    private static final int DOWN_MILLIS = 500;

    @TempDir private Path scratch;
    private int kills;
    private int decided;

    /// What goes wrong.
    enum Blow {
        MASTER,
        AGENT,
        /// With all that it has started, as when a machine stops.
        AGENT_WITH_ALL,
        /// It is told to end, and leaves what it does to its next start.
        AGENT_ENDED,
        BOTH
    }

    @Test
    @Timeout(value = 4, unit = TimeUnit.HOURS)
    void nothing_is_lost_and_nothing_done_twice_whenever_masters_and_agents_are_killed()
            throws Exception {
        var settings = new HashMap<>(Shell.SHORT_LIVED);
        settings.put("SLOTH_MASTER_RECONNECT_WAIT", "200ms");
        settings.put("SLOTH_MASTER_HEARTBEAT", "1s");
        var cluster = new Cluster(scratch, settings);
        try {
            cluster.master();
            for (int i = 1; i <= FleetBattery.AGENTS; i++) {
                cluster.join("a" + i, "--tags", "all");
            }
            rounds(cluster);
        } finally {
            cluster.close();
        }
    }

    private void rounds(Cluster cluster) throws Exception {
        var wanted = System.getProperty("sloth.seed", "");
        if (!wanted.isEmpty()) {
            round(cluster, Long.parseLong(wanted.replaceFirst(":.*", "")), 0);
            return;
        }
        int rounds = Math.min(NIGHTLY_ROUNDS, ROUNDS * Integer.getInteger("sloth.scale", 1));
        for (int i = 0; i < rounds; i++) {
            round(cluster, SEED_STEP * (i + 1), i);
        }
        assertThat(kills).as("kills").isGreaterThan(rounds / 2);
        assertThat(decided).as("decisions").isPositive();
    }

    private void round(Cluster cluster, long seed, int number) throws Exception {
        var random = new SplittableRandom(seed);
        var blows = new ArrayList<String>();
        try (var store =
                SqliteStore.open(cluster.data(), StoreConfig.DEFAULT, InstantSource.system())) {
            round(cluster, store, random, blows, number);
        } catch (Exception | AssertionError e) {
            throw new AssertionError(
                    "again with -Dsloth.seed=%d (round %d, %s): %s"
                            .formatted(seed, number, blows, e.getMessage()),
                    e);
        }
    }

    private void round(
            Cluster cluster, Store store, SplittableRandom random, List<String> blows, int number)
            throws Exception {
        var folder = Files.createDirectory(scratch.resolve("round" + number));
        var run = new BatteredRun(cluster, store, folder, NumberedLines.Disk.WITH_ROOM);
        run.begin();
        int left = 1 + random.nextInt(KILLS_MAX);
        int from = 0;
        for (int i = 0; i < left && !run.ended(); i++) {
            int until = from + random.nextInt(FleetBattery.TASKS / 2);
            cluster.await("work to be done", () -> run.goesOn() || run.done() >= until);
            // The moments before there is anything to be done count, too.
            Cluster.pause(random.nextInt(until == 0 ? 1_000 : LATER_MILLIS));
            from = run.done();
            blow(cluster, random, blows);
        }
        run.end();
        run.judge();
        cluster.judge();
        decided += run.decisions();
    }

    private void blow(Cluster cluster, SplittableRandom random, List<String> blows)
            throws Exception {
        var blow = Blow.values()[random.nextInt(Blow.values().length)];
        var agent = "a" + (1 + random.nextInt(FleetBattery.AGENTS));
        blows.add(blow + " " + agent);
        kills++;
        switch (blow) {
            case MASTER -> cluster.kill("master");
            case AGENT -> cluster.kill(agent);
            case AGENT_WITH_ALL -> cluster.killWithAll(agent);
            case AGENT_ENDED -> cluster.end(agent);
            case BOTH -> {
                cluster.kill("master");
                cluster.kill(agent);
            }
        }
        Cluster.pause(random.nextInt(DOWN_MILLIS));
        if (!cluster.runs(agent)) {
            cluster.agent(agent);
        }
        if (!cluster.runs("master")) {
            cluster.master();
        }
    }
}
