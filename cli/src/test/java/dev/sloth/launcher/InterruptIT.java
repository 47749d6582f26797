package dev.sloth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ctrl-C, as a terminal sends it: processes die, what must run still runs, the exit code says so.
final class InterruptIT {
    /// Longer than any step here takes on a busy machine; a test that needs it all has failed.
    private static final long SECONDS_MAX = 30;

    private static String script(Path folder, boolean slowToComplete) {
        return """
        local long = task("long"):command("echo started > started; sleep 987654 & sleep 987654")
            :workdir("%1$s")
        workflow.define("long"):tasks({ long }):on_complete(function(success)
            fs.write("%1$s/completed", tostring(success))
            if %2$s then exec.run("echo waiting > '%1$s/waiting'; sleep 876543") end
        end)
        """
                .formatted(folder, slowToComplete);
    }

    @TempDir Path scratch;
    private Shell shell = Shell.in(Path.of(""), Path.of(""));

    @BeforeEach
    void an_empty_home() throws IOException {
        shell = Shell.in(scratch, Files.createDirectory(scratch.resolve("home")));
    }

    private Shell.Started start(boolean slowToComplete) throws Exception {
        Files.writeString(scratch.resolve("long.sloth"), script(scratch, slowToComplete));
        var started =
                shell.start(Shell.root().resolve("sloth-runner").toString(), "run", "long.sloth");
        appears("started", started);
        return started;
    }

    private void appears(String name, Shell.Started started) throws Exception {
        try (var watch = scratch.getFileSystem().newWatchService()) {
            scratch.register(watch, java.nio.file.StandardWatchEventKinds.ENTRY_CREATE);
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
            while (!Files.exists(scratch.resolve(name))) {
                assertThat(started.process().isAlive()).as(name + " never appeared").isTrue();
                assertThat(System.nanoTime()).as("waiting for " + name).isLessThan(until);
                var key = watch.poll(1, TimeUnit.SECONDS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
            }
        }
    }

    private void interrupt(Shell.Started started) throws Exception {
        assertThat(shell.run("kill", "-INT", Long.toString(started.process().pid())).code())
                .isZero();
    }

    private boolean runs(String seconds) throws Exception {
        return shell.run("pgrep", "-f", "sleep " + seconds).code() == 0;
    }

    @Test
    void ctrl_c_kills_the_processes_runs_on_complete_and_exits_with_130() throws Exception {
        var started = start(false);
        assertThat(runs("987654")).isTrue();
        interrupt(started);
        var ended = shell.await(started);
        assertThat(ended.code()).as(ended.all()).isEqualTo(130);
        assertThat(scratch.resolve("completed")).hasContent("false");
        assertThat(runs("987654")).isFalse();
    }

    @Test
    void a_second_ctrl_c_ends_at_once() throws Exception {
        var started = start(true);
        interrupt(started);
        appears("waiting", started);
        interrupt(started);
        var ended = shell.await(started);
        assertThat(ended.code()).as(ended.all()).isEqualTo(130);
        assertThat(runs("876543")).isFalse();
    }
}
