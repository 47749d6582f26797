package dev.sloth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;

/// A process that may mount: it has a master and agents do a run while the disk of one of them is
/// full for a while, and prints what they said of that. It ends with 0 if nothing was lost and
/// nothing done twice.
final class FullDisk {
    private static final int FULL_MILLIS = 6_000;

    private FullDisk() {}

    /// @param args a folder, and who has the disk
    public static void main(String[] args) throws Exception {
        var scratch = Path.of(args[0]);
        var cluster = new Cluster(scratch, ClusterHardTimesIT.QUICK);
        var disk = args[1].equals("master") ? cluster.data() : scratch.resolve(args[1]);
        Files.createDirectories(disk);
        shell("mount -t tmpfs -o size=40m tmpfs '%s'", disk);
        try {
            cluster.master();
            for (int i = 1; i <= FleetBattery.AGENTS; i++) {
                cluster.join("a" + i, "--tags", "all");
            }
            BatteredRun.whole(
                    cluster, scratch.resolve("run"), NumberedLines.Disk.FULL, () -> fill(disk));
        } finally {
            System.out.println(cluster.output(args[1]) + cluster.errors());
            cluster.close();
        }
    }

    private static void fill(Path disk) throws Exception {
        var ballast = disk.resolve("ballast");
        shell("! cat /dev/zero 2>/dev/null >'%s'", ballast);
        cutLogs(disk);
        shell("! cat /dev/zero 2>/dev/null >>'%s'", ballast);
        Cluster.pause(FULL_MILLIS);
        Files.delete(ballast);
    }

    /// The log of a database that was written once around has room for a while without growing:
    /// then a full disk would be noticed by nobody.
    private static void cutLogs(Path disk) throws Exception {
        try (var databases = Files.newDirectoryStream(disk, "*.db")) {
            for (var each : databases) {
                try (var connection = DriverManager.getConnection("jdbc:sqlite:" + each);
                        var statement = connection.createStatement()) {
                    statement.execute("PRAGMA busy_timeout = 10000");
                    statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
                }
            }
        }
    }

    private static void shell(String line, Path file) throws Exception {
        var shell = new ProcessBuilder("bash", "-c", line.formatted(file)).inheritIO().start();
        assertThat(shell.waitFor()).isZero();
    }
}
