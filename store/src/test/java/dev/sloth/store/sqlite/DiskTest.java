package dev.sloth.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Disks that are full or may not be written.
final class DiskTest {
    @TempDir private Path folder;

    /// On a machine that lets nobody mount, a limit on the file's pages stands in for the disk.
    private Child filled() throws Exception {
        if (!Disk.canMount()) {
            return Child.start("pages", folder.resolve("home"));
        }
        return Child.start(Disk.small(folder, "4m"), "fill", folder.resolve("home"));
    }

    private static void keptWhatItSaid(List<String> all) {
        var lines = all.stream().filter(line -> !line.startsWith("stuffed")).toList();
        assertThat(lines).hasSize(6);
        assertThat(lines.getFirst()).startsWith("FULL").contains("store.db", "full", "make room");
        var acknowledged = lines.get(2).substring("acknowledged ".length());
        assertThat(Integer.parseInt(acknowledged)).isGreaterThan(10);
        assertThat(lines.subList(1, 6))
                .containsExactly(
                        "kept " + acknowledged,
                        "acknowledged " + acknowledged,
                        "read " + acknowledged,
                        "deleted true",
                        "went on");
    }

    @Test
    void a_full_disk_is_a_clear_error_and_nothing_acknowledged_is_lost() throws Exception {
        try (var child = filled()) {
            var lines = child.lines();
            keptWhatItSaid(lines);
            assertThat(lines.stream().anyMatch(line -> line.contains("No space left")))
                    .isEqualTo(Disk.canMount());
            assertThat(child.exit()).isZero();
        }
    }

    @Test
    void so_is_a_file_that_has_reached_its_limit() throws Exception {
        try (var child = Child.start("pages", folder.resolve("home"))) {
            keptWhatItSaid(child.lines());
            assertThat(child.exit()).isZero();
        }
    }

    @Test
    void one_write_that_is_too_large_does_not_harm_the_others_of_its_batch()
            throws InterruptedException {
        var config = StoreConfig.DEFAULT.withPagesMax(200);
        try (var store = Sample.open(folder.resolve("home"), config)) {
            var small = Sample.submit(store, "small");
            var large = Sample.submit(store, "large");
            var refusals = new AtomicInteger();
            var writer = Thread.ofPlatform().start(() -> refusals.set(refused(store, large)));
            for (int event = 2; event < 100; event++) {
                store.runs().append(small, Sample.chapter(event, new byte[10]));
            }
            writer.join();
            assertThat(refusals).hasValue(20);
            assertThat(store.runs().find(small.run()).orElseThrow().events()).isEqualTo(99);
            assertThat(store.runs().find(large.run()).orElseThrow().events()).isEqualTo(1);
        }
    }

    /// How many of 20 large chapters the store has no room for.
    private static int refused(SqliteStore store, Claim claim) {
        var chapter = Sample.chapter(2, new byte[2_000_000]);
        int refusals = 0;
        for (int i = 0; i < 20; i++) {
            var failure =
                    catchThrowableOfType(
                            StoreFailure.class, () -> store.runs().append(claim, chapter));
            refusals += failure.reason() == Reason.FULL ? 1 : 0;
        }
        return refusals;
    }

    @Test
    void a_home_that_may_not_be_written_is_a_clear_error() throws Exception {
        var home = folder.resolve("home");
        try (var store = Sample.open(home)) {
            Sample.submit(store, "run");
        }
        var lines = readOnly(home);
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst())
                .startsWith("FORBIDDEN")
                .contains(home.toString(), "read-only", "SLOTH_HOME");
        try (var store = Sample.open(home)) {
            assertThat(store.runs().find(new RunId("run"))).isPresent();
        }
    }

    private List<String> readOnly(Path home) throws Exception {
        if (Disk.canMount()) {
            try (var child = Child.start(Disk.readOnly(home), "open", home)) {
                return child.lines();
            }
        }
        setMode(home, "r-xr-xr-x");
        setMode(home.resolve("store.db"), "r--r--r--");
        try (var child = withoutRights(home)) {
            return child.lines();
        } finally {
            setMode(home.resolve("store.db"), "rw-------");
            setMode(home, "rwx------");
        }
    }

    private static void setMode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    /// Permissions do not hold root up, so it becomes somebody else, who needs classes to read.
    private Child withoutRights(Path home) throws IOException {
        if (!System.getProperty("user.name").equals("root")) {
            return Child.start("open", home);
        }
        setMode(folder, "rwxr-xr-x");
        var nobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        return Child.start(nobody, readableClasses(), "open", home);
    }

    private String readableClasses() throws IOException {
        var copies = new ArrayList<String>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            var from = Path.of(entry);
            var to = folder.resolve("classes-" + copies.size());
            if (Files.exists(from)) {
                copyAll(from, to);
                copies.add(to.toString());
            }
        }
        return String.join(File.pathSeparator, copies);
    }

    private static void copyAll(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (var each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }

    @Test
    void a_home_that_may_not_be_made_is_a_clear_error() {
        var failure =
                catchThrowableOfType(
                        StoreFailure.class, () -> Sample.open(Path.of("/proc/sloth/home")));

        assertThat(failure).hasMessageContaining("/proc/sloth");
    }
}
