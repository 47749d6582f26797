package dev.sloth.agent.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.agent.process.CommandRecord.Fate;
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
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedCommandTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final ProcessConfig CONFIG =
            ProcessConfig.defaults(System.getenv()).termGrace(Duration.ofMillis(200));
    private static final String SLOW_LINES =
            "i=0; while [ $i -lt 200 ]; do echo $i; i=$((i+1)); sleep 0.01; done; exit 5";

    @TempDir Path folder;
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final ChildProcesses processes = new ChildProcesses(CONFIG, new SplittableRandom(1));
    private CommandRecord record;
    private ProcessMark mark;

    @BeforeEach
    void open() {
        record = new CommandRecord(folder.resolve("record"));
        mark = ProcessMark.of(folder);
    }

    @AfterEach
    void close() throws IOException {
        processes.endAll(mark);
        processes.close();
    }

    private Command shell(String line) {
        return Command.shell("/bin/bash", line, folder).timeout(SOON);
    }

    private Optional<Ended> start(Command command) throws Exception {
        return processes.run(command, record, mark, (_, line) -> lines.add(line));
    }

    private Ended run(String line) throws Exception {
        return start(shell(line)).orElseThrow();
    }

    private Fate fate() throws IOException {
        return record.fate(ProcessIdentity.bootHere());
    }

    private Path file(String name) {
        return folder.resolve("record").resolve(name);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    private static void until(Condition met) throws Exception {
        long end = System.nanoTime() + SOON.toNanos();
        while (!met.holds()) {
            assertThat(System.nanoTime() - end).as("it came in time").isNegative();
            Thread.onSpinWait();
        }
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private boolean written(String name) throws IOException {
        var path = folder.resolve(name);
        return Files.exists(path) && Files.size(path) > 0;
    }

    private boolean alive(String pidFile) throws IOException {
        var pid = Long.parseLong(Files.readString(folder.resolve(pidFile)).strip());
        return ProcessTable.find(pid).isPresent();
    }

    @Test
    void both_outputs_and_the_exit_code_come_back_and_stay_on_disk() throws Exception {
        var ended = run("echo out; echo err >&2; exit 3");

        assertThat(text(ended.stdout())).isEqualTo("out\n");
        assertThat(text(ended.stderr())).isEqualTo("err\n");
        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(lines).containsExactlyInAnyOrder("out", "err");
        assertThat(fate()).isEqualTo(new Fate.Exited(3));
    }

    @Test
    void an_end_by_signal_is_128_plus_the_signal_and_says_nothing_of_its_own() throws Exception {
        var ended = run("kill -KILL $$");

        assertThat(ended.exitCode()).isEqualTo(137);
        assertThat(text(ended.stderr())).isEmpty();
    }

    @Test
    void opening_an_output_by_its_name_empties_nothing() throws Exception {
        var ended =
                run("echo 1 >&2; echo 2 >/dev/stderr; echo a; echo b | tee /dev/stdout; echo c");

        assertThat(text(ended.stderr())).isEqualTo("1\n2\n");
        assertThat(text(ended.stdout())).isEqualTo("a\nb\nb\nc\n");
    }

    @Test
    void a_command_leads_a_session_and_may_end_its_whole_group() throws Exception {
        var fields = text(run("cut -d' ' -f1,5,6 /proc/$$/stat").stdout()).strip().split(" ", -1);
        assertThat(fields).hasSize(3).containsOnly(fields[0]);

        record = new CommandRecord(folder.resolve("second"));
        var ended = run("echo before; kill -KILL 0; echo after");
        assertThat(ended.exitCode()).isEqualTo(137);
        assertThat(text(ended.stdout())).isEqualTo("before\n");
    }

    @Test
    void the_shim_adds_nothing_to_the_environment_and_loses_nothing() throws Exception {
        var plain = Command.of(List.of("/usr/bin/env"), folder);
        var names = text(start(plain).orElseThrow().stdout()).replaceAll("(?m)=.*$", "").lines();
        assertThat(names.filter(name -> !name.equals("PWD")))
                .containsExactlyInAnyOrder(
                        "HOME", "LANG", "PATH", "SLOTH_PROCESS", "TERM", "TMPDIR", "USER");

        record = new CommandRecord(folder.resolve("second"));
        var odd = plain.environment(Map.of("with.dot", "kept", "record", "kept too"));
        assertThat(text(start(odd).orElseThrow().stdout()))
                .contains("with.dot=kept\n", "record=kept too\n");
    }

    @Test
    void arguments_and_input_reach_the_command_untouched() throws Exception {
        var argv = List.of("printf", "%s|", "a b", "$HOME", "*", "", "'\"", "-n");
        assertThat(text(start(Command.of(argv, folder)).orElseThrow().stdout()))
                .isEqualTo("a b|$HOME|*||'\"|-n|");

        record = new CommandRecord(folder.resolve("second"));
        var cat = Command.of(List.of("cat"), folder).stdin("typed\n".getBytes(UTF_8));
        assertThat(text(start(cat).orElseThrow().stdout())).isEqualTo("typed\n");
    }

    @Test
    void lines_come_while_the_command_still_runs() throws Exception {
        var line = "echo first; until [ -e go ]; do sleep 0.01; done; echo second";
        LineSink sink =
                (_, said) -> {
                    lines.add(said);
                    touch(folder.resolve("go"));
                };

        processes.run(shell(line), record, mark, sink);

        assertThat(lines).containsExactly("first", "second");
    }

    private static void touch(Path file) {
        try {
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void when_time_is_up_the_whole_tree_ends_after_its_grace() throws Exception {
        var tidy = "trap 'echo cleaned; exit 7' TERM; while true; do sleep 0.01; done";
        var ended = start(shell(tidy).timeout(Duration.ofSeconds(1))).orElseThrow();
        assertThat(ended.timedOut()).isTrue();
        assertThat(ended.exitCode()).isEqualTo(7);
        assertThat(text(ended.stdout())).isEqualTo("cleaned\n");

        record = new CommandRecord(folder.resolve("second"));
        var stubborn =
                "trap '' TERM; echo $$ > pid; (setsid sleep 100 & echo $! > kid); sleep 100; sleep 9";
        ended = start(shell(stubborn).timeout(Duration.ofSeconds(1))).orElseThrow();
        assertThat(ended.timedOut()).isTrue();
        assertThat(alive("pid") || alive("kid")).isFalse();
    }

    @Test
    void one_who_keeps_the_outputs_open_does_not_hold_us_up_and_one_who_lets_go_lives_on()
            throws Exception {
        var ended = run("sleep 100 & echo $! > kid; echo done");
        assertThat(text(ended.stdout())).isEqualTo("done\n");
        assertThat(alive("kid")).isFalse();

        record = new CommandRecord(folder.resolve("second"));
        run("setsid sleep 100 > /dev/null 2>&1 < /dev/null & echo $! > daemon");
        assertThat(alive("daemon")).isTrue();
    }

    @Test
    void nobody_can_tell_the_end_of_one_that_was_killed_with_its_shim() throws Exception {
        // Its shim is the parent of the parent of its parent.
        var line =
                """
                p=$$; for i in 1 2 3; do p=$(cut -d' ' -f4 /proc/$p/stat); done
                (sleep 100 > /dev/null 2>&1 & echo $! > kid)
                kill -KILL -- -$p; kill -KILL $$
                """;

        assertThat(start(shell(line))).isEmpty();
        assertThat(fate()).isInstanceOf(Fate.Lost.class);
        assertThat(alive("kid")).isFalse();
    }

    @Test
    void a_living_command_of_a_killed_runner_goes_on_without_a_gap() throws Exception {
        try (var victim = runner(SLOW_LINES, "show")) {
            victim.awaitLine("line 50"::equals);
            victim.kill();
        }
        assertThat(fate()).isInstanceOf(Fate.Running.class);
        var ended = attach().orElseThrow();

        var all = IntStream.range(0, 200).mapToObj(Integer::toString).toList();
        assertThat(lines).isEqualTo(all);
        assertThat(text(ended.stdout())).isEqualTo(String.join("\n", all) + "\n");
        assertThat(ended.exitCode()).isEqualTo(5);
    }

    private Victim runner(String line, String how, String... options) throws IOException {
        return Victim.start(
                RecordedRunner.class, List.of(options), List.of(folder.toString(), line, how));
    }

    private Optional<Ended> attach() throws Exception {
        return processes.attach(record, mark, (_, line) -> lines.add(line));
    }

    @Test
    void what_ended_while_no_runner_was_there_tells_how() throws Exception {
        try (var victim =
                runner("echo one; until [ -e go ]; do sleep 0.01; done; exit 4", "show")) {
            victim.awaitLine("line one"::equals);
            victim.kill();
        }
        touch(folder.resolve("go"));
        until(() -> written("record/exit"));

        assertThat(fate()).isEqualTo(new Fate.Exited(4));
        assertThat(attach().orElseThrow().exitCode()).isEqualTo(4);
        assertThat(lines).containsExactly("one");
    }

    @Test
    void a_rejoined_command_can_be_ended_with_its_tree() throws Exception {
        try (var victim = runner("(sleep 100 & echo $! > kid); echo up; sleep 100", "show")) {
            victim.awaitLine("line up"::equals);
            victim.kill();
        }
        var up = new CountDownLatch(1);
        var work = new FutureTask<>(() -> processes.attach(record, mark, (_, _) -> up.countDown()));
        var thread = Thread.ofVirtual().start(work);
        assertThat(up.await(20, TimeUnit.SECONDS)).isTrue();

        thread.interrupt();
        thread.join();

        assertThatThrownBy(work::get).hasCauseInstanceOf(InterruptedException.class);
        assertThat(alive("kid")).isFalse();
    }

    @Test
    void a_stranger_with_the_same_id_is_not_taken_for_the_shim() throws Exception {
        var us = ProcessIdentity.here();
        Files.createDirectory(folder.resolve("record"));
        Files.writeString(
                file("start"), "%s %d %d\n".formatted(us.boot(), us.pid(), us.started() + 1));

        assertThat(fate()).isInstanceOf(Fate.Lost.class);
        assertThat(us.presence()).isEqualTo(ProcessIdentity.Presence.ALIVE);
        assertThat(new ProcessIdentity(us.boot(), us.pid(), us.started() + 1).presence())
                .isEqualTo(ProcessIdentity.Presence.GONE);
        assertThat(new ProcessIdentity("other", us.pid(), us.started()).presence())
                .isEqualTo(ProcessIdentity.Presence.UNKNOWN);
    }

    @Test
    void half_a_record_does_not_count() throws Exception {
        run("exit 12");
        Files.writeString(file("exit"), "1");
        assertThat(fate()).isInstanceOf(Fate.Lost.class);

        Files.writeString(file("start"), "boot 12");
        assertThat(fate()).isEqualTo(new Fate.Lost("the record of its start is damaged"));
    }

    @Test
    void of_another_boot_only_an_exit_code_is_believed() throws Exception {
        assertThat(record.fate("another")).isInstanceOf(Fate.Lost.class);
        run("exit 12");
        assertThat(record.fate("another")).isEqualTo(new Fate.Exited(12));
    }

    @Test
    void a_shim_that_comes_after_the_question_never_starts_its_command() throws Exception {
        assertThat(fate()).isEqualTo(new Fate.NeverBegan());
        var words = new ArrayList<>(new Shim().words(record, List.of()));
        words.addAll(List.of("/bin/touch", folder.resolve("ran").toString()));

        assertThat(new ProcessBuilder(words).start().waitFor()).isEqualTo(125);

        assertThat(folder.resolve("ran")).doesNotExist();
        assertThat(fate()).isEqualTo(new Fate.NeverBegan());
    }

    @Test
    void hundreds_of_megabytes_need_little_memory() throws Exception {
        var line = "yes 0123456789abcdef | head -c 157286400; exit 9";
        try (var victim = runner(line, "count", "-Xmx80m")) {
            // The last line has no end of its own, which is counted all the same.
            assertThat(victim.rest()).containsExactly("ended 9 157286401 true");
        }
    }

    @Test
    void an_interrupt_hides_no_process_from_the_one_who_ends_them() throws Exception {
        try (var victim = runner("echo $$ > pid; echo up; sleep 100", "show")) {
            victim.awaitLine("line up"::equals);
            victim.kill();
        }
        Thread.currentThread().interrupt();

        processes.endAll(mark);

        assertThat(Thread.interrupted()).as("the interrupt stands").isTrue();
        assertThat(alive("pid")).isFalse();
    }

    @Test
    void the_processes_of_an_attempt_are_found_by_its_mark_and_told_apart() throws Exception {
        try (var victim = runner("echo $$ > pid; echo up; sleep 100", "show")) {
            victim.awaitLine("line up"::equals);
            victim.kill();
        }
        var up = new CountDownLatch(1);
        var other = processes.streaming(mark, (_, _) -> up.countDown());
        var work = new FutureTask<>(() -> other.run(shell("echo up; sleep 100; sleep 9")));
        Thread.ofVirtual().start(work);
        assertThat(up.await(20, TimeUnit.SECONDS)).isTrue();

        processes.endOthers(mark);
        assertThat(work.get(20, TimeUnit.SECONDS).exitCode()).isEqualTo(143);
        assertThat(alive("pid")).isTrue();

        processes.endAll(mark);
        assertThat(alive("pid")).isFalse();
    }
}
