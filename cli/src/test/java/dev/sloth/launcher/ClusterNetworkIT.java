package dev.sloth.launcher;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.launcher.lan.Host;
import dev.sloth.launcher.lan.Lan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What networks, machines and clocks do to a master and its agents while runs go on, each of them
/// on a host of its own: briefly here, and in the nightly build for long.
final class ClusterNetworkIT {
    private static final boolean LONG = Integer.getInteger("sloth.scale", 1) > 1;

    /// The name of a fault, to try it alone.
    private static final String ONLY = System.getProperty("sloth.fault", "");

    private static final String STRUCK = "a2";
    private static final String MASTER = "master";
    private static final int OTHER_ADDRESS = 77;
    private static final int LOST_PERCENT = 20;
    private static final int LATE_MILLIS = 500;
    private static final int SECOND = 1_000;
    private static final Duration SKEW = Duration.ofHours(1);

    @TempDir private Path scratch;
    private final Lan lan = new Lan();
    private final Map<String, Host> hosts = new LinkedHashMap<>();

    /// What goes wrong, for so many seconds here, where some of it is left out, and in the nightly
    /// build.
    enum Fault {
        MASTER_STOPPED(3, 30),
        UNPLUGGED(5, 60),
        BLACK_HOLE(7, 60),
        LOSS(5, 30),
        MOVED(1, 5),
        NOT_HEARD(0, 40),
        NOT_TOLD(0, 40),
        DELAY(0, 30),
        RESETS(3, 60),
        ALL_AWAY(0, 30),
        AGENT_STOPPED(4, 120),
        AGENT_AHEAD(3, 10),
        AGENT_BEHIND(0, 10),
        MASTER_AHEAD(3, 10),
        MASTER_BEHIND(0, 10);

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
        try (lan) {
            host(cluster, MASTER);
            cluster.master();
            for (int i = 1; i <= FleetBattery.AGENTS; i++) {
                host(cluster, "a" + i);
                cluster.join("a" + i, "--tags", "all");
            }
            for (var fault : Fault.values()) {
                if (fault.seconds() > 0 && (ONLY.isEmpty() || ONLY.equals(fault.name()))) {
                    round(cluster, fault);
                }
            }
        } finally {
            cluster.close();
        }
    }

    private void host(Cluster cluster, String name) throws Exception {
        var host = lan.host(name, scratch);
        hosts.put(name, host);
        cluster.on(host, name);
    }

    private void round(Cluster cluster, Fault fault) throws Exception {
        try {
            BatteredRun.whole(
                    cluster,
                    scratch.resolve(fault.name()),
                    NumberedLines.Disk.WITH_ROOM,
                    () -> strike(cluster, fault));
            cluster.judge();
        } catch (Exception | AssertionError e) {
            throw new AssertionError(fault + ": " + e.getMessage(), e);
        }
    }

    private Host host(String name) {
        return requireNonNull(hosts.get(name));
    }

    private void strike(Cluster cluster, Fault fault) throws Exception {
        switch (fault) {
            case UNPLUGGED -> host(STRUCK).link(false);
            case BLACK_HOLE -> host(STRUCK).hold(true, true);
            case NOT_HEARD -> host(STRUCK).hold(true, false);
            case NOT_TOLD -> host(STRUCK).hold(false, true);
            case LOSS -> lan.lose(LOST_PERCENT);
            case DELAY -> lan.delay(LATE_MILLIS);
            case ALL_AWAY -> host(MASTER).hold(true, true);
            case MOVED -> host(STRUCK).move(OTHER_ADDRESS);
            case MASTER_STOPPED -> cluster.signal("-STOP", MASTER);
            case AGENT_STOPPED -> cluster.signal("-STOP", STRUCK);
            case AGENT_AHEAD -> host(STRUCK).clock(SKEW);
            case AGENT_BEHIND -> host(STRUCK).clock(SKEW.negated());
            case MASTER_AHEAD -> host(MASTER).clock(SKEW);
            case MASTER_BEHIND -> host(MASTER).clock(SKEW.negated());
            case RESETS -> {}
        }
        for (int i = 0; i < fault.seconds() * 10; i++) {
            Cluster.pause(SECOND / 10);
            if (fault == Fault.RESETS) {
                lan.reset();
            }
        }
        mend(cluster, fault);
    }

    private void mend(Cluster cluster, Fault fault) throws Exception {
        lan.heal();
        switch (fault) {
            case MASTER_STOPPED -> cluster.signal("-CONT", MASTER);
            case AGENT_STOPPED -> cluster.signal("-CONT", STRUCK);
            case MOVED -> {
                var address = host(STRUCK).address().replace(".", "\\.");
                var moved = "\"agent\":\"a2\".{0,60}\"address\":\"(%s)\"".formatted(address);
                assertThat(cluster.said(MASTER, moved)).isNotEmpty();
            }
            case AGENT_AHEAD, AGENT_BEHIND, MASTER_AHEAD, MASTER_BEHIND -> {
                // Both are told, and it comes right by itself.
                for (var host : hosts.values()) {
                    host.clock(Duration.ZERO);
                }
            }
            case UNPLUGGED, BLACK_HOLE, LOSS, NOT_HEARD, NOT_TOLD, DELAY, RESETS, ALL_AWAY -> {}
        }
    }
}
