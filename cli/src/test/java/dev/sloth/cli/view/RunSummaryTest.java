package dev.sloth.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.TaskName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunSummaryTest {
    private static final Instant START = Instant.EPOCH;

    @TempDir private Path folder;
    private final Board board =
            new Board(Samples.workflow(Samples.task("build"), Samples.task("test", "build")));

    @BeforeEach
    void failed_run() throws IOException {
        Files.writeString(folder.resolve("deploy.sloth"), "a\nb\nerror('no')\nd\n");
        var build = new TaskName("build");
        board.started(build, 1, START);
        board.line(build, "cc main.c");
        var failure =
                new Outcome.Failure(
                        new Span("deploy.sloth", 3, 1), List.of("deploy.sloth:3: in function 'f'"));
        board.ended(build, Outcome.failed("no", failure), START.plusSeconds(1));
        board.ended(
                new TaskName("test"),
                Outcome.ended(Outcome.Status.SKIPPED, "build failed"),
                START.plusSeconds(1));
    }

    private RunSummary report() {
        return new RunSummary(
                "deploy", "r1", "failed", "", Duration.ofSeconds(1), board.snapshot());
    }

    @Test
    void a_failure_is_told_with_everything_that_helps() {
        var errors = new ErrorText(folder, Style.PLAIN);
        assertThat(report().text(0, errors, Style.PLAIN))
                .containsExactly(
                        "TASK   STATUS   ATTEMPTS  DURATION  MESSAGE",
                        "build  failed   1         1.0s      no",
                        "test   skipped  0         -         build failed",
                        "",
                        "error: task build failed: no",
                        "  at deploy.sloth:3:1",
                        "  1 | a",
                        "  2 | b",
                        "  3 | error('no')",
                        "    | ^",
                        "  4 | d",
                        "  traceback:",
                        "    deploy.sloth:3: in function 'f'",
                        "  last lines of its output:",
                        "    cc main.c",
                        "",
                        "deploy: failed, 2 of 2 done, 1 failed, 1 skipped, 1.0s");
    }

    @Test
    void the_document_has_stable_fields() {
        var json = report().document(new Document().with("build", new DataTable())).json();
        assertThat(json)
                .isEqualTo(
                        """
                        {
                          "run" : "r1",
                          "workflow" : "deploy",
                          "status" : "failed",
                          "message" : "",
                          "seconds" : 1.0,
                          "tasks" : [
                            {
                              "name" : "build",
                              "stage" : "",
                              "status" : "failed",
                              "attempts" : 1,
                              "seconds" : 1.0,
                              "message" : "no",
                              "changed" : false,
                              "outputs" : { },
                              "at" : {
                                "file" : "deploy.sloth",
                                "line" : 3,
                                "column" : 1
                              },
                              "traceback" : [
                                "deploy.sloth:3: in function 'f'"
                              ],
                              "last_lines" : [
                                "cc main.c"
                              ]
                            },
                            {
                              "name" : "test",
                              "stage" : "",
                              "status" : "skipped",
                              "attempts" : 0,
                              "seconds" : 0.0,
                              "message" : "build failed",
                              "changed" : false,
                              "outputs" : { }
                            }
                          ],
                          "outputs" : {
                            "build" : { }
                          }
                        }
                        """);
    }
}
