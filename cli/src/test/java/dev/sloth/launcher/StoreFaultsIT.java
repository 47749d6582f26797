package dev.sloth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Disks that are full or may not be written, and two runners that share one home.
final class StoreFaultsIT {
    private static final int STORE = 4;
    private static final int REFUSED = 3;
    private static final long SECONDS_MAX = 60;

    @TempDir private Path scratch;
    private Shell shell = Shell.in(Path.of(""), Path.of(""));

    @BeforeEach
    void an_empty_home() throws IOException {
        shell = Shell.in(scratch, Files.createDirectory(scratch.resolve("home")));
    }

    private static String program() {
        return Shell.root().resolve("sloth-runner").toString();
    }

    /// Runs a script where it may mount what nobody else sees.
    private Shell.Ended withMounts(String script) throws Exception {
        return shell.with("SLOTH", program())
                .run("unshare", "--user", "--map-root-user", "--mount", "bash", "-euc", script);
    }

    private String read(String name) throws IOException {
        return Files.readString(scratch.resolve(name));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(scratch.resolve(name), text);
    }

    @Test
    void a_run_whose_disk_fills_says_so_and_goes_on_when_there_is_room() throws Exception {
        Files.createDirectory(scratch.resolve("disk"));
        write(
                "fills.sloth",
                """
                local here = "%1$s/"
                local tasks = {
                    task("before"):command("echo before >> " .. here .. "done"):build(),
                    task("long"):command("touch " .. here .. "begun"
                        .. "; while ! [ -e " .. here .. "go ]; do sleep 0.02; done"
                        .. "; echo long >> " .. here .. "done"):build(),
                    task("fill"):idempotent(true):depends_on({ "before" }):command(
                        "while ! [ -e " .. here .. "begun ]; do sleep 0.02; done; cd " .. here
                        .. "; [ -e full ] || { touch full; cat /dev/zero > disk/ballast; }"
                        .. "; echo fill >> done"):build(),
                }
                for i = 1, 20 do
                    tasks[#tasks + 1] = task("after" .. i):depends_on({ "fill", "long" })
                        :command("echo after" .. i .. " >> " .. here .. "done"):build()
                end
                workflow.define("fills"):tasks(tasks):config({ max_parallel_tasks = 4 })
                """
                        .formatted(scratch));
        var ended =
                withMounts(
                        """
                        mount -t tmpfs -o size=3m tmpfs disk
                        export SLOTH_HOME=$PWD/disk/home
                        code=0; "$SLOTH" run fills.sloth > first.out 2> first.err || code=$?
                        echo "$code" > first.code
                        rm disk/ballast
                        touch go
                        "$SLOTH" resume last > second.out 2>&1
                        "$SLOTH" runs show last
                        """);
        assertThat(ended.code()).as(ended.all() + read("second.out")).isZero();
        assertThat(read("first.code").strip()).as(read("first.err")).isEqualTo("" + STORE);
        assertThat(read("first.err")).contains("SLOTH-4104").contains("help: ");
        assertThat(read("first.out")).contains("[before] succeeded");
        assertThat(read("second.out")).doesNotContain("[before] started");
        assertThat(read("done").lines().distinct()).hasSize(23);
        assertThat(read("done").lines().filter(line -> !line.equals("fill"))).hasSize(22);
        assertThat(ended.out()).contains("succeeded").doesNotContain("cancelled");
    }

    @Test
    void a_master_that_starts_on_a_full_disk_says_so_and_is_worth_to_be_started_again()
            throws Exception {
        Files.createDirectory(scratch.resolve("disk"));
        var ended =
                withMounts(
                        """
                        mount -t tmpfs -o size=40m tmpfs disk
                        begin() {
                            exec 3< <(exec "$SLOTH" master --port 0 --data disk/m 2> "$1")
                            pid=$!
                            while read -r line <&3; do
                                case $line in *listens*) kill -9 "$pid"; return;; esac
                            done
                        }
                        begin first.err
                        ! cat /dev/zero > disk/ballast
                        code=0; "$SLOTH" master --port 0 --data disk/m 2> full.err || code=$?
                        echo "$code" > full.code
                        rm disk/ballast
                        begin second.err
                        echo "$line"
                        """);
        assertThat(ended.code()).as(ended.all()).isZero();
        assertThat(read("full.code").strip()).as(read("full.err")).isEqualTo("" + STORE);
        assertThat(read("full.err")).contains("SLOTH-4104").contains("help: make room");
        assertThat(ended.out()).contains("listens");
    }

    @Test
    void a_home_that_may_only_be_read_is_told_and_left_as_it_is() throws Exception {
        write("a.sloth", "workflow.define('w'):tasks({ task('a'):command('true'):build() })");
        assertThat(shell.run(program(), "run", "a.sloth").code()).isZero();
        var home = scratch.resolve("home").resolve(".sloth-runner");
        var before = Files.readAllBytes(home.resolve("store.db"));
        var ended =
                withMounts(
                        """
                        export SLOTH_HOME=%1$s
                        mount --bind %1$s %1$s
                        mount -o remount,ro,bind %1$s
                        for words in 'run a.sloth' 'runs list' 'resume last'; do
                            code=0; "$SLOTH" $words || code=$?
                            echo "exit code $code"
                        done
                        """
                                .formatted(home));
        assertThat(ended.code()).as(ended.all()).isZero();
        assertThat(ended.out().lines().filter(line -> line.startsWith("exit code ")))
                .as(ended.all())
                .containsOnly("exit code " + STORE)
                .hasSize(3);
        assertThat(ended.err()).contains("SLOTH-4105").contains("help: ");
        assertThat(Files.readAllBytes(home.resolve("store.db"))).isEqualTo(before);
    }

    @Test
    void a_second_runner_sees_the_first_ones_run_but_cannot_take_it() throws Exception {
        write(
                "long.sloth",
                """
                workflow.define("long"):tasks({ task("long")
                    :command("touch %1$s/begun; while ! [ -e %1$s/go ]; do sleep 0.02; done")
                    :build() })
                """
                        .formatted(scratch));
        var first = shell.start(program(), "run", "long.sloth");
        waitFor("begun", first);
        var list = shell.run(program(), "runs", "list");
        assertThat(list.code()).as(list.all()).isZero();
        assertThat(list.out()).contains("long").contains("running");
        var resume = shell.run(program(), "resume", "last");
        assertThat(resume.code()).as(resume.all()).isEqualTo(REFUSED);
        assertThat(resume.err()).contains("SLOTH-4002");
        assertThat(first.process().isAlive()).isTrue();
        write("go", "");
        var ended = shell.await(first);
        assertThat(ended.code()).as(ended.all()).isZero();
    }

    private void waitFor(String name, Shell.Started started) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        while (!Files.exists(scratch.resolve(name))) {
            assertThat(started.process().waitFor(10, TimeUnit.MILLISECONDS))
                    .as("ended before %s was there", name)
                    .isFalse();
            assertThat(System.nanoTime()).as("waiting for " + name).isLessThan(until);
        }
    }
}
