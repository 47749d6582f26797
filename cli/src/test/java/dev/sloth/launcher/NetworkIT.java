package dev.sloth.launcher;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.store.sqlite.SqliteStore;
import dev.sloth.store.sqlite.StoreConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What networks and machines do to a master and its agents while runs go on: each of it briefly,
/// and in the nightly build for long.
final class NetworkIT {
    private static final boolean LONG = Integer.getInteger("sloth.scale", 1) > 1;
    private static final String STRUCK = "a2";
    private static final int SECOND = 1_000;

    @TempDir private Path scratch;
    private final Map<String, FaultyLine> lines = new LinkedHashMap<>();

    /// What goes wrong, for so many seconds here, where some of it is left out, and in the nightly
    /// build.
    enum Fault {
        MASTER_STOPPED(3, 30),
        PARTITION(7, 60),
        LOSS(3, 30),
        MOVED(1, 5),
        NOT_HEARD(0, 40),
        NOT_TOLD(0, 40),
        DELAY(0, 30),
        RESETS(0, 60),
        ALL_AWAY(0, 30),
        AGENT_STOPPED(4, 120);

        private final int brief;
        private final int lasting;

        Fault(int brief, int lasting) {
            this.brief = brief;
            this.lasting = lasting;
        }

        int seconds() {
            return LONG ? lasting : brief;
        }
    }

    @Test
    void nothing_is_lost_and_nothing_done_twice_whatever_the_network_does() throws Exception {
        var settings =
                Map.of("SLOTH_MASTER_RECONNECT_WAIT", "200ms", "SLOTH_MASTER_HEARTBEAT", "1s");
        var cluster = new Cluster(scratch, settings);
        try {
            cluster.master();
            for (int i = 1; i <= FleetBattery.AGENTS; i++) {
                var line = new FaultyLine(cluster.port());
                lines.put("a" + i, line);
                cluster.through("a" + i, line.port());
                cluster.join("a" + i, "--tags", "all");
            }
            for (var fault : Fault.values()) {
                if (fault.seconds() > 0) {
                    round(cluster, fault);
                }
            }
        } finally {
            cluster.close();
            for (var line : lines.values()) {
                line.close();
            }
        }
    }

    private void round(Cluster cluster, Fault fault) throws Exception {
        try (var store =
                SqliteStore.open(cluster.data(), StoreConfig.DEFAULT, InstantSource.system())) {
            var folder = Files.createDirectory(scratch.resolve(fault.name()));
            var run = new BatteredRun(cluster, store, folder);
            run.begin();
            cluster.await("work to be done", () -> run.goesOn() || run.done() >= 2);
            strike(cluster, fault);
            run.end();
            run.judge();
            cluster.judge();
        } catch (Exception | AssertionError e) {
            throw new AssertionError(fault + ": " + e.getMessage(), e);
        }
    }

    private FaultyLine struck() {
        return requireNonNull(lines.get(STRUCK));
    }

    private void strike(Cluster cluster, Fault fault) throws Exception {
        switch (fault) {
            case PARTITION -> struck().hold(true, true);
            case NOT_HEARD -> struck().hold(true, false);
            case NOT_TOLD -> struck().hold(false, true);
            case LOSS -> lines.values().forEach(line -> line.lose(20));
            case DELAY -> lines.values().forEach(line -> line.delay(500));
            case ALL_AWAY -> lines.values().forEach(line -> line.hold(true, true));
            case MOVED -> struck().move("127.0.0.77");
            case MASTER_STOPPED -> cluster.signal("-STOP", "master");
            case AGENT_STOPPED -> cluster.signal("-STOP", STRUCK);
            case RESETS -> {}
        }
        for (int i = 0; i < fault.seconds() * 10; i++) {
            Cluster.pause(SECOND / 10);
            if (fault == Fault.RESETS) {
                lines.values().forEach(FaultyLine::reset);
            }
        }
        lines.values().forEach(FaultyLine::heal);
        if (fault == Fault.MASTER_STOPPED) {
            cluster.signal("-CONT", "master");
        } else if (fault == Fault.AGENT_STOPPED) {
            cluster.signal("-CONT", STRUCK);
        } else if (fault == Fault.MOVED) {
            assertThat(
                            cluster.said(
                                    "master",
                                    "\"agent\":\"a2\".{0,60}\"address\":\"(127.0.0.77)\""))
                    .isNotEmpty();
        }
    }
}
