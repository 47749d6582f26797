package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.core.log.LogLimits;
import dev.sloth.core.log.LogLine;
import dev.sloth.core.log.LogReader;
import dev.sloth.core.log.LogWriter;
import dev.sloth.core.store.Chapter;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.Progress;
import dev.sloth.core.store.Store;
import dev.sloth.testkit.VirtualTime;
import dev.sloth.testkit.store.MemoryDisk;
import dev.sloth.testkit.store.MemoryStore;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunsLogsTest {
    private static final RunId RUN = new RunId("20260102-030405-1a2b3c4d");
    private static final Owner OWNER = new Owner("host", "boot", 1, 1);
    private static final AttemptId BUILD = attempt("build", 1);
    private static final AttemptId TEST = attempt("test", 1);

    private final VirtualTime time = new VirtualTime();
    private final MemoryDisk disk = new MemoryDisk();
    private final Store store = MemoryStore.open(disk);
    private Claim claim = new Claim(RUN, 1);

    private static AttemptId attempt(String task, int number) {
        return new AttemptId(RUN, new TaskName(task), number);
    }

    @BeforeEach
    void submit() {
        time.run(Duration.ofHours(1));
        claim = submit(RUN);
    }

    private Claim submit(RunId id) {
        return store.runs()
                .submit(
                        new NewRun(
                                id,
                                "flow",
                                "flow.sloth",
                                time.instant(),
                                Map.of(),
                                List.of(),
                                List.of(),
                                OWNER,
                                time.instant().plusSeconds(10)),
                        chapter(1, false));
    }

    private Chapter chapter(long first, boolean ended) {
        var progress =
                new Progress(
                        ended ? "succeeded" : "running", ended, "", time.instant(), 2, 0, 0, 0);
        return new Chapter(
                first, 1, new byte[] {1}, progress, List.of(), List.of(), List.of(), List.of());
    }

    private void write(AttemptId id, String channel, String... texts) {
        store.attempts().begin(claim, id, "boot", time.instant());
        try (var writer = new LogWriter(store.logs(), claim, time, LogLimits.DEFAULT)) {
            for (var text : texts) {
                time.run(Duration.ofSeconds(1));
                writer.add(id, channel, text);
            }
        }
    }

    private void usual() {
        write(BUILD, LogLine.OUT, "cc main.c", "cc other.c");
        write(TEST, "INFO", "starting");
        write(TEST, LogLine.ERR, "one failed");
        write(attempt("test", 2), LogLine.OUT, "all well");
    }

    private String call(String... words) {
        return call(_ -> {}, words);
    }

    private String call(LogReader.Pause pause, String... words) {
        var out = new ByteArrayOutputStream();
        var caller =
                new Caller(
                        InputStream.nullInputStream(),
                        new PrintStream(out, false, StandardCharsets.UTF_8),
                        new PrintStream(out, false, StandardCharsets.UTF_8),
                        Map.of(),
                        Path.of(""),
                        false,
                        false);
        var command = new RunsLogs(_ -> MemoryStore.open(disk), time, ZoneOffset.UTC, pause);
        var arguments = Arguments.parse(command.spec(), "runs logs", List.of(words));
        try {
            assertThat(command.run(new Given(arguments, caller))).isZero();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private void refuses(String code, String message, String... words) {
        assertThatThrownBy(() -> call(words))
                .isInstanceOfSatisfying(
                        Problems.class,
                        e -> {
                            assertThat(e.list()).hasSize(1);
                            assertThat(e.list().getFirst().code()).isEqualTo(code);
                            assertThat(e.list().getFirst().message()).isEqualTo(message);
                            assertThat(e.list().getFirst().remedy()).isNotEmpty();
                        });
    }

    @Test
    void lines_begin_with_their_task_unless_one_is_asked_for() {
        usual();
        assertThat(call(RUN.text()))
                .isEqualTo(
                        """
                        [build] cc main.c
                        [build] cc other.c
                        [test] INFO starting
                        [test] one failed
                        [test] all well
                        """);
        assertThat(call("last", "-t", "build")).isEqualTo("cc main.c\ncc other.c\n");
        assertThat(call("last", "-t", "test", "--attempt", "2")).isEqualTo("all well\n");
        assertThat(call("last", "-t", "test", "-t", "build", "--lines=2"))
                .isEqualTo("[test] one failed\n[test] all well\n");
    }

    @Test
    void json_has_one_object_a_line_with_the_place_to_go_on_from() {
        usual();
        assertThat(call("last", "-o", "json", "-t", "test", "--attempt=1"))
                .isEqualTo(
                        """
                        {"run":"20260102-030405-1a2b3c4d","task":"test","attempt":1,"line":0,\
                        "offset":0,"at":"1970-01-01T01:00:03Z","channel":"INFO","text":"starting"}
                        {"run":"20260102-030405-1a2b3c4d","task":"test","attempt":1,"line":1,\
                        "offset":9,"at":"1970-01-01T01:00:04Z","channel":"err",\
                        "text":"one failed"}
                        """);
        assertThat(call("last", "-t", "test", "--attempt=1", "--offset=9"))
                .isEqualTo("one failed\n");
    }

    @Test
    void lines_can_be_chosen_by_time_and_expression() {
        usual();
        assertThat(call("last", "--since", "1s")).isEqualTo("[test] one failed\n[test] all well\n");
        assertThat(call("last", "--since", "1970-01-01T01:00:05Z")).isEqualTo("[test] all well\n");
        assertThat(call("last", "--since", "1970-01-01T01:00:05")).isEqualTo("[test] all well\n");
        assertThat(call("last", "--since", "1970-01-02")).isEmpty();
        assertThat(call("last", "--grep", "^(cc|all) .*[rl]")).contains("other.c", "all well");
        assertThat(call("last", "--grep", "^(cc|all) .*[rl]").lines()).hasSize(2);
    }

    @Test
    void following_goes_on_until_the_run_has_ended() {
        usual();
        var pauses = new AtomicInteger();
        var text =
                call(
                        _ -> {
                            if (pauses.incrementAndGet() == 3) {
                                write(attempt("test", 3), LogLine.OUT, "at the end");
                                store.runs().append(claim, chapter(2, true));
                            } else {
                                write(BUILD, LogLine.OUT, "more " + pauses);
                            }
                        },
                        "last",
                        "-f",
                        "--lines",
                        "1");
        assertThat(text)
                .isEqualTo(
                        """
                        [test] all well
                        [build] more 1
                        [build] more 2
                        [test] at the end
                        """);
    }

    @Test
    void a_run_is_known_by_the_beginning_of_its_id() {
        usual();
        assertThat(call("20260102", "-t", "build")).startsWith("cc main.c");
        time.run(Duration.ofSeconds(1));
        submit(new RunId("20260102-030406-00000000"));
        refuses(
                "SLOTH-9051",
                "several runs begin with '20260102': 20260102-030406-00000000,"
                        + " 20260102-030405-1a2b3c4d",
                "20260102");
        assertThat(call("20260102-030405", "-t", "build")).startsWith("cc main.c");
        assertThat(call("last")).isEmpty();
    }

    @Test
    void what_is_no_run_is_told() {
        refuses("SLOTH-9050", "there is no run '2027'", "2027");
        for (var path : List.of("../" + RUN, "/etc/passwd", "runs/x", "..", ".", "a\\b", "")) {
            refuses("SLOTH-9050", "'" + path + "' is not the id of a run", path);
        }
        refuses(
                "SLOTH-9020",
                "no task 'biuld' of run " + RUN + " has begun",
                RUN.text(),
                "-t",
                "biuld");
    }

    @Test
    void wrong_options_are_told() {
        refuses("SLOTH-9001", "--since cannot be 'yesterday'", "last", "--since", "yesterday");
        refuses("SLOTH-9001", "--attempt cannot be '0'", "last", "--attempt", "0");
        refuses("SLOTH-9001", "--lines cannot be 'x'", "last", "--lines", "x");
        refuses("SLOTH-9001", "--lines cannot be '100001'", "last", "--lines", "100001");
        refuses("SLOTH-9001", "--offset needs one -t", "last", "--offset", "9");
        refuses(
                "SLOTH-9001",
                "--grep cannot be '(': Unclosed group near index 1",
                "last",
                "--grep",
                "(");
        write(BUILD, LogLine.OUT, "a".repeat(60) + "b");
        refuses(
                "SLOTH-9001",
                "--grep: the expression takes too long on one of the lines",
                "last",
                "--grep",
                "^(a+)+\\1c");
    }

    @Test
    void without_a_verb_the_verbs_are_named() {
        var runs = new RunsCommand();
        assertThat(runs.children()).extracting(child -> child.spec().name()).contains("logs");
        assertThat(Help.lines(Help.tree(runs, "sloth-runner runs")))
                .anyMatch(l -> l.contains("logs"));
    }
}
