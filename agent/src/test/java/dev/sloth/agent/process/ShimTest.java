package dev.sloth.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shim on disks that are full, for which `/dev/full` stands here.
class ShimTest {
    private static final Path FULL = Path.of("/dev/full");
    private static final long SECONDS_MAX = 30;

    @TempDir private Path folder;

    private Process start(String line) throws IOException {
        var words = new ArrayList<>(new Shim().words(new CommandRecord(folder), Set.of("PATH")));
        words.addAll(List.of("sh", "-c", line));
        return new ProcessBuilder(words).start();
    }

    /// From now on there is room for a file.
    private void room(String name) throws IOException {
        var made = Files.createFile(folder.resolve(name + ".new"));
        Files.move(made, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private String read(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    private static void ends(Process shim) throws InterruptedException {
        assertThat(shim.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    }

    private static void until(Callable<Boolean> met) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        while (!met.call()) {
            assertThat(System.nanoTime() - end).as("it came in time").isNegative();
            Thread.onSpinWait();
        }
    }

    @Test
    void how_a_command_ended_is_written_down_as_soon_as_there_is_room() throws Exception {
        for (var name : List.of("out", "err")) {
            Files.createFile(folder.resolve(name));
        }
        Files.createSymbolicLink(folder.resolve("exit"), FULL);
        var shim = start("echo done; exit 7");
        assertThat(shim.waitFor(200, TimeUnit.MILLISECONDS)).isFalse();
        room("exit");
        ends(shim);
        assertThat(read("exit")).isEqualTo("7\n");
        assertThat(read("out")).isEqualTo("done\n");
    }

    @Test
    void a_command_waits_for_room_for_its_output_and_what_was_lost_is_told() throws Exception {
        Files.createFile(folder.resolve("err"));
        Files.createSymbolicLink(folder.resolve("out"), FULL);
        var shim =
                start(
                        "echo lost; while ! [ -e '%s/go' ]; do sleep 0.02; done; echo kept"
                                .formatted(folder));
        assertThat(shim.waitFor(200, TimeUnit.MILLISECONDS)).isFalse();
        room("out");
        Files.createFile(folder.resolve("go"));
        ends(shim);
        assertThat(read("exit")).isEqualTo("0\n");
        assertThat(read("out"))
                .contains("[some output is missing here: it could not be written]\n")
                .endsWith("kept\n");
    }

    @Test
    void a_shim_whose_record_is_gone_ends() throws Exception {
        for (var name : List.of("out", "err")) {
            Files.createFile(folder.resolve(name));
        }
        Files.createSymbolicLink(folder.resolve("exit"), FULL);
        var shim = start("true");
        assertThat(shim.waitFor(200, TimeUnit.MILLISECONDS)).isFalse();
        Files.delete(folder.resolve("start"));
        ends(shim);
    }

    @Test
    void who_kills_what_copies_the_output_does_not_make_it_tell_of_a_loss() throws Exception {
        for (var name : List.of("out", "err")) {
            Files.createFile(folder.resolve(name));
        }
        var shim =
                start(
                        "echo first; while ! [ -e '%s/go' ]; do sleep 0.02; done; echo second"
                                .formatted(folder));
        until(() -> read("out").equals("first\n"));
        var copying =
                shim.descendants()
                        .filter(each -> each.info().command().orElse("").endsWith("/cat"))
                        .toList();
        assertThat(copying).hasSize(2);
        copying.forEach(ProcessHandle::destroyForcibly);
        for (var each : copying) {
            each.onExit().get(SECONDS_MAX, TimeUnit.SECONDS);
        }
        Files.createFile(folder.resolve("go"));
        ends(shim);
        assertThat(read("out")).isEqualTo("first\nsecond\n");
        assertThat(read("err")).isEmpty();
    }
}
