package dev.sloth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.launcher.lan.Lan;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What does not pass by itself while runs go on: certificates that are over when the network is
/// back, and disks that are full until somebody makes room.
final class ClusterHardTimesIT {
    private static final String STRUCK = "a2";
    static final Map<String, String> QUICK =
            Map.of("SLOTH_MASTER_RECONNECT_WAIT", "200ms", "SLOTH_MASTER_HEARTBEAT", "1s");
    private static final int CERTIFICATE_SECONDS = 15;
    private static final int SECOND = 1_000;

    @TempDir private Path scratch;

    @Test
    void an_agent_whose_certificate_ends_while_it_is_away_joins_again_and_has_lost_nothing()
            throws Exception {
        var settings = new HashMap<>(QUICK);
        settings.put("SLOTH_MASTER_AGENT_CERTIFICATES", CERTIFICATE_SECONDS + "s");
        var cluster = new Cluster(scratch, settings);
        try (var lan = new Lan()) {
            cluster.on(lan.host("master", scratch), "master");
            cluster.master();
            var struck = lan.host(STRUCK, scratch);
            cluster.on(struck, STRUCK);
            for (int i = 1; i <= FleetBattery.AGENTS; i++) {
                if (!STRUCK.equals("a" + i)) {
                    cluster.on(lan.host("a" + i, scratch), "a" + i);
                }
                cluster.join("a" + i, "--tags", "all");
            }
            BatteredRun.whole(
                    cluster,
                    scratch.resolve("run"),
                    NumberedLines.Disk.WITH_ROOM,
                    () -> {
                        struck.hold(true, true);
                        Cluster.pause((CERTIFICATE_SECONDS + 2) * SECOND);
                        struck.hold(false, false);
                        assertThat(cluster.ended(STRUCK)).contains("SLOTH-4726", "help: ");
                        cluster.join(STRUCK, "--tags", "all");
                    });
            cluster.judge();
        } finally {
            cluster.close();
        }
    }

    /// A run of which one process has a disk of its own, which fills.
    private String full(String who) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var ended =
                Shell.in(scratch, scratch)
                        .run(
                                "unshare",
                                "--user",
                                "--map-root-user",
                                "--mount",
                                java,
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dsloth.root=" + Shell.root(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                FullDisk.class.getName(),
                                scratch.toString(),
                                who);
        assertThat(ended.code()).as(ended.all()).isZero();
        return ended.out();
    }

    @Test
    void a_master_whose_disk_is_full_says_so_and_goes_on_when_there_is_room() throws Exception {
        assertThat(full("master")).contains("cannot grow, the disk is full");
    }

    @Test
    void an_agent_whose_disk_is_full_goes_on_when_there_is_room() throws Exception {
        assertThat(full(STRUCK)).contains("SUCCEEDED");
    }
}
