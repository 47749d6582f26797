package dev.sloth.agent.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.plugin.Processes.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Commands that are ended while one of several lines of a shell runs: none of the next lines
/// begins, and of what was said nothing is lost or told to be.
@Timeout(120)
class EndedMidwayTest {
    private static final int COMMANDS = 30;
    private static final int SECONDS_MAX = 60;

    @TempDir private Path folder;
    private final ChildProcesses processes =
            new ChildProcesses(
                    ProcessConfig.defaults(System.getenv()).termGrace(Duration.ofMillis(200)),
                    new SplittableRandom(7));

    /// What keeps a shell busy, in which places of the tree.
    enum Line {
        PLAIN("bash -c 'echo up; exec sleep 60'"),
        DEEP(
                "(bash -c 'bash -c \"echo up; exec sleep 60\"; echo NEXT >> next'; echo NEXT >> next)"),
        PIPELINE("bash -c 'echo up; exec sleep 60' | cat"),
        SESSION("setsid -w bash -c 'echo up; exec sleep 60'"),
        JOBS("set -m; bash -c 'echo up; exec sleep 60'"),
        PIPELINE_OF_JOBS("set -m; true | bash -c 'echo up; exec sleep 60; echo NEXT >> next'"),
        DEAF("trap '' TERM; bash -c 'echo up; exec sleep 60'");

        private final String text;

        Line(String text) {
            this.text = text;
        }
    }

    /// Whoever runs a command, under the shim or with pipes of our own.
    @FunctionalInterface
    private interface Runner {
        void run(Command command, int number, LineSink sink) throws Exception;
    }

    @AfterEach
    void close() {
        processes.close();
    }

    private Path record(int number) {
        return folder.resolve("record" + number);
    }

    private void recorded(Command command, int number, LineSink sink) throws Exception {
        var record = new CommandRecord(record(number));
        var _ = processes.run(command, record, ProcessMark.of(record(number)), sink);
    }

    private void piped(Command command, int number, LineSink sink) throws Exception {
        var mark = ProcessMark.of(record(number));
        processes.streaming(mark, sink).run(command);
    }

    /// Starts them all and ends each as soon as all are up.
    private void interrupt(Line line, Runner runner) throws Exception {
        var command = Command.shell("/bin/bash", line.text + "; echo NEXT >> next", folder);
        var up = new CountDownLatch(COMMANDS);
        var threads = new ArrayList<Thread>();
        var works = new ArrayList<FutureTask<Void>>();
        for (int i = 0; i < COMMANDS; i++) {
            int number = i;
            var work =
                    new FutureTask<Void>(() -> {
                        runner.run(command, number, (_, _) -> up.countDown());
                        return null;
                    });
            works.add(work);
            threads.add(Thread.ofPlatform().start(work));
        }
        assertThat(up.await(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        threads.forEach(Thread::interrupt);
        for (var work : works) {
            assertThatThrownBy(() -> work.get(SECONDS_MAX, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
        }
    }

    private List<String> next() throws IOException {
        var file = folder.resolve("next");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    @ParameterizedTest
    @EnumSource
    void of_a_recorded_command_that_is_ended_no_next_line_begins_and_its_output_is_whole(Line line)
            throws Exception {
        interrupt(line, this::recorded);

        assertThat(next()).isEmpty();
        for (int i = 0; i < COMMANDS; i++) {
            assertThat(record(i).resolve("out")).content().isEqualTo("up\n");
            assertThat(record(i).resolve("err")).content().isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void of_a_command_with_pipes_that_is_ended_no_next_line_begins(Line line) throws Exception {
        interrupt(line, this::piped);

        assertThat(next()).isEmpty();
    }
}
