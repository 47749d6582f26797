package dev.sloth.agent.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.plugin.Processes.Command;
import dev.sloth.api.plugin.Processes.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessesTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final ProcessConfig CONFIG =
            ProcessConfig.defaults(System.getenv()).termGrace(Duration.ofMillis(200));

    @TempDir Path folder;
    private final ChildProcesses processes = new ChildProcesses(CONFIG, new SplittableRandom(1));

    @AfterEach
    void close() {
        processes.close();
    }

    private Command shell(String script) {
        return Command.shell("/bin/bash", script, folder);
    }

    private Ended run(String script) throws Exception {
        return processes.run(shell(script).timeout(SOON));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    @Test
    void a_folder_that_is_handed_over_is_for_its_user_to_write_in() throws Exception {
        var touch = Command.of(List.of("/usr/bin/touch", "mine"), folder).user("daemon");
        processes.handOver(folder, "nosuchuser");
        processes.handOver(folder, "daemon");
        if (Accounts.isRoot()) {
            assertThat(processes.run(touch).exitCode()).isZero();
            assertThat(Files.getOwner(folder.resolve("mine")).getName()).isEqualTo("daemon");
        } else {
            assertThat(Files.getOwner(folder).getName()).isEqualTo(System.getProperty("user.name"));
        }
    }

    @Test
    void both_outputs_and_the_exit_code_come_back() throws Exception {
        var ended = run("echo out; echo err >&2; exit 3");

        assertThat(text(ended.stdout())).isEqualTo("out\n");
        assertThat(text(ended.stderr())).isEqualTo("err\n");
        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.timedOut()).isFalse();
        assertThat(ended.truncated()).isFalse();
    }

    @Test
    void an_end_by_signal_is_128_plus_the_signal() throws Exception {
        assertThat(run("kill -KILL $$").exitCode()).isEqualTo(137);
        assertThat(run("kill -TERM $$").exitCode()).isEqualTo(143);
    }

    @Test
    void arguments_reach_the_program_untouched_by_any_shell() throws Exception {
        var argv = List.of("printf", "%s|", "a b", "$HOME", "*", "", "'\"");

        var ended = processes.run(Command.of(argv, folder).timeout(SOON));

        assertThat(text(ended.stdout())).isEqualTo("a b|$HOME|*||'\"|");
    }

    @Test
    void a_child_leads_a_session_of_its_own() throws Exception {
        var fields = text(run("cut -d' ' -f1,5,6 /proc/$$/stat").stdout()).strip().split(" ", -1);

        assertThat(fields).hasSize(3).containsOnly(fields[0]);
    }

    @Test
    void a_child_reads_its_stdin_even_when_it_is_large() throws Exception {
        var much = "0123456789abcde\n".repeat(200_000).getBytes(UTF_8);

        var ended = processes.run(Command.of(List.of("cat"), folder).stdin(much).timeout(SOON));

        assertThat(ended.stdout()).isEqualTo(much);
    }

    @Test
    void a_child_that_does_not_read_its_stdin_ends_well() throws Exception {
        var much = new byte[1 << 20];

        assertThat(processes.run(Command.of(List.of("true"), folder).stdin(much)).exitCode())
                .isZero();
        assertThat(text(run("cat; echo done").stdout())).isEqualTo("done\n");
    }

    @Test
    void the_environment_is_clean_but_for_what_is_given() throws Exception {
        var command =
                Command.of(List.of("/usr/bin/env"), folder)
                        .environment(Map.of("COLOUR", "blue", "LANG", "C"));

        var names = text(processes.run(command).stdout()).lines().toList();

        assertThat(names).contains("COLOUR=blue", "LANG=C");
        assertThat(names.stream().map(line -> line.replaceFirst("=.*", "")))
                .containsExactlyInAnyOrder(
                        "COLOUR",
                        "HOME",
                        "LANG",
                        "PATH",
                        "SLOTH_PROCESS",
                        "TERM",
                        "TMPDIR",
                        "USER");
    }

    @Test
    void what_cannot_run_says_why_and_keeps_arguments_to_itself() throws Exception {
        var plain = Files.writeString(folder.resolve("plain"), "no program");

        assertThatThrownBy(() -> processes.run(Command.of(List.of("nosuch", "hidden"), folder)))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot run nosuch: no such program on PATH");
        assertThatThrownBy(() -> processes.run(Command.of(List.of("./nosuch"), folder)))
                .hasMessage("cannot run ./nosuch: no such file");
        assertThatThrownBy(() -> processes.run(Command.of(List.of(plain.toString()), folder)))
                .hasMessageEndingWith("plain: not an executable file");
        assertThatThrownBy(() -> processes.run(Command.of(List.of("true"), folder.resolve("gone"))))
                .hasMessageEndingWith("gone to work in");
        assertThatThrownBy(() ->
                        processes.run(
                                Command.of(List.of("true"), folder)
                                        .environment(Map.of("A=B", "hidden"))))
                .hasMessage("'A=B' cannot be the name of an environment variable");
        assertThatThrownBy(() -> processes.run(Command.of(List.of("true", "a\0hidden"), folder)))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("hidden");
    }

    @Test
    void lines_come_while_the_child_still_runs_and_in_order() throws Exception {
        var lines = Collections.synchronizedList(new ArrayList<String>());
        var go = folder.resolve("go");
        LineSink sink =
                (_, line) -> {
                    lines.add(line);
                    if (line.equals("first")) {
                        create(go);
                    }
                };
        // It ends only because its first line was seen before its end.
        var script = "echo first; until [ -e go ]; do sleep 0.01; done; echo second; printf third";

        var ended = processes.streaming(sink).run(shell(script).timeout(SOON));

        assertThat(ended.timedOut()).isFalse();
        assertThat(lines).containsExactly("first", "second", "third");
    }

    private static void create(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_quiet_command_keeps_its_lines_to_itself() throws Exception {
        var lines = Collections.synchronizedList(new ArrayList<String>());

        var ended =
                processes
                        .streaming((_, line) -> lines.add(line))
                        .run(shell("echo psst").quiet(true));

        assertThat(text(ended.stdout())).isEqualTo("psst\n");
        assertThat(lines).isEmpty();
    }

    @Test
    void a_taker_that_fails_does_not_hang_the_child_but_is_reported() {
        LineSink broken =
                (_, _) -> {
                    throw new IllegalArgumentException("full");
                };

        assertThatThrownBy(
                        () -> processes.streaming(broken).run(shell("seq 1 100000").timeout(SOON)))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("full");
    }

    @Test
    void what_there_is_no_room_for_is_read_and_not_kept() throws Exception {
        var left = new AtomicInteger(100_000);
        var ended =
                processes.run(
                        shell("head -c 1000000 /dev/zero")
                                .timeout(SOON)
                                .room(bytes -> left.addAndGet(-bytes) >= 0));

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.truncated()).isTrue();
        assertThat(ended.stdout()).hasSizeBetween(1, 100_000);
    }

    @Test
    void a_hundred_megabytes_are_streamed_but_not_all_kept() throws Exception {
        var count = new long[1];
        var sink = (LineSink) (_, line) -> count[0] += line.length() + 1;

        var ended =
                processes
                        .streaming(sink)
                        .run(shell("yes 0123456789abcdef | head -c 104857600").timeout(SOON));

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.truncated()).isTrue();
        assertThat(ended.stdout()).hasSize(CONFIG.keptMax());
        // The last line has no end of its own.
        assertThat(count[0]).isBetween(104857600L, 104857601L);
    }

    @Test
    void when_time_is_up_the_whole_tree_ends_even_what_ignores_the_asking() throws Exception {
        var script =
                """
                trap '' TERM
                (trap '' TERM; echo $BASHPID >> pids; while true; do sleep 1; done) &
                (trap '' TERM; echo $BASHPID >> pids; while true; do sleep 1; done) &
                # A daemon: a session of its own, and no parent of ours.
                (setsid bash -c 'trap "" TERM; echo $$ >> pids; while true; do sleep 1; done' \
                    > /dev/null 2>&1 < /dev/null &)
                echo $$ >> pids
                while true; do sleep 1; done
                """;

        var ended = processes.run(shell(script).timeout(Duration.ofSeconds(1)));

        assertThat(ended.timedOut()).isTrue();
        assertThat(ended.exitCode()).isEqualTo(137);
        assertThat(ended.took()).isLessThan(Duration.ofSeconds(5));
        var pids = Files.readAllLines(folder.resolve("pids"));
        assertThat(pids).hasSize(4);
        assertThat(pids).noneMatch(ChildProcessesTest::alive);
    }

    private static boolean alive(String pid) {
        try {
            return ProcessTable.living().stream().anyMatch(row -> row.pid() == Long.parseLong(pid));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_child_that_cleans_up_when_asked_has_the_time_to() throws Exception {
        var script = "trap 'echo cleaned; exit 7' TERM; while true; do sleep 0.01; done";

        var ended = processes.run(shell(script).timeout(Duration.ofMillis(500)));

        assertThat(ended.timedOut()).isTrue();
        assertThat(ended.exitCode()).isEqualTo(7);
        assertThat(text(ended.stdout())).isEqualTo("cleaned\n");
    }

    @Test
    void an_interrupt_ends_the_tree_within_a_second_and_before_the_caller_hears() throws Exception {
        var running = new CountDownLatch(1);
        var script = "trap '' TERM; echo $$ > pids; echo up; sleep 100 & sleep 100; sleep 100";
        var thrown = new AtomicReference<Throwable>();
        var caller =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                processes
                                        .streaming((_, _) -> running.countDown())
                                        .run(shell(script));
                            } catch (IOException | InterruptedException e) {
                                thrown.set(e);
                            }
                        });
        assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
        long began = System.nanoTime();

        caller.interrupt();
        caller.join();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(Files.readAllLines(folder.resolve("pids"))).noneMatch(ChildProcessesTest::alive);
    }

    @Test
    void a_grandchild_that_keeps_the_pipes_open_does_not_hold_us_up() throws Exception {
        var ended = run("sleep 100 & echo $! > pids; sleep 0.3; echo done");

        assertThat(text(ended.stdout())).isEqualTo("done\n");
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.took()).isLessThan(Duration.ofSeconds(5));
        assertThat(Files.readAllLines(folder.resolve("pids"))).noneMatch(ChildProcessesTest::alive);
    }

    @Test
    void what_a_grandchild_writes_soon_after_the_child_has_ended_is_not_lost() throws Exception {
        var ended = run("(sleep 0.5; echo late) & sleep 0.4; echo done");

        assertThat(text(ended.stdout())).isEqualTo("done\nlate\n");
    }

    @Test
    void a_daemon_that_lets_go_of_the_pipes_lives_on() throws Exception {
        var ended = run("setsid sleep 100 > /dev/null 2>&1 < /dev/null & echo $! > pids");
        var pid = Files.readString(folder.resolve("pids")).strip();
        try {
            assertThat(ended.exitCode()).isZero();
            assertThat(alive(pid)).isTrue();
        } finally {
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void killing_all_reaches_those_who_have_left_their_parent_and_do_not_listen() throws Exception {
        var deaf = "trap '' TERM; echo $$ >> pids; echo up; while :; do sleep 100; done";
        var up = new CountDownLatch(2);
        var caller =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                processes
                                        .streaming((_, _) -> up.countDown())
                                        .run(
                                                shell(
                                                        "(setsid bash -c '%s' &); %s"
                                                                .formatted(
                                                                        deaf.replace("''", "\"\""),
                                                                        deaf)));
                            } catch (IOException | InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        assertThat(up.await(20, TimeUnit.SECONDS)).isTrue();

        processes.killAll();
        caller.join();

        // It waits for nobody: what was killed may take a moment more to be gone.
        var pids = Files.readAllLines(folder.resolve("pids"));
        assertThat(pids).hasSize(2);
        long end = System.nanoTime() + SOON.toNanos();
        while (pids.stream().anyMatch(ChildProcessesTest::alive)) {
            assertThat(System.nanoTime() - end).as("they are gone in time").isNegative();
            Thread.onSpinWait();
        }
    }

    @Test
    void another_user_is_for_root_only() throws Exception {
        var command = Command.of(List.of("/usr/bin/id", "-un"), folder).user("daemon");
        if (!Accounts.isRoot()) {
            assertThatThrownBy(() -> processes.run(command))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("only root may");
            return;
        }

        assertThat(text(processes.run(command.timeout(SOON)).stdout())).isEqualTo("daemon\n");
        assertThatThrownBy(() -> processes.run(command.user("nosuchuser")))
                .hasMessage("cannot run as user nosuchuser: there is no such user");
    }

    @Test
    void ourselves_may_be_named_and_nonsense_may_not() throws Exception {
        var command = Command.of(List.of("true"), folder);

        assertThat(processes.run(command.user(System.getProperty("user.name"))).exitCode())
                .isZero();
        assertThatThrownBy(() -> processes.run(command.user("--x")))
                .hasMessage("'--x' cannot be the name of a user");
    }

    @Test
    void two_hundred_children_leave_nothing_behind() throws Exception {
        run("true");
        long before = openFiles();
        for (int i = 0; i < 200; i++) {
            assertThat(run("exit 0").exitCode()).isZero();
        }

        assertThat(openFiles()).isLessThanOrEqualTo(before + 10);
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    private static long openFiles() throws IOException {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    @Test
    void fifty_children_run_beside_each_other() throws Exception {
        var all = new ArrayList<Callable<String>>();
        for (int i = 0; i < 50; i++) {
            var line = "touch up" + i + "; until [ $(ls up* | wc -l) = 50 ]; do sleep 0.05; done;";
            var word = "word" + i;
            all.add(() -> text(run(line + " echo " + word).stdout()).strip());
        }

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int i = 0;
            for (var answer : threads.invokeAll(all)) {
                assertThat(answer.get()).isEqualTo("word" + i++);
            }
        }
    }
}
