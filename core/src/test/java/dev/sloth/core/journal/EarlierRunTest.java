package dev.sloth.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.core.run.Conductor;
import dev.sloth.core.run.Reuse;
import dev.sloth.core.run.RunCommand;
import dev.sloth.core.run.RunInput;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.Progress;
import dev.sloth.core.store.RunFile;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.testkit.Samples;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is taken over from a run when it is tried again.
final class EarlierRunTest {
    /// Of these `t12` waits for `t2`, and `t22` for both.
    private static final Workflow WORKFLOW = Samples.large(25);

    private static final DataTable VALUES = new DataTable().with("region", "north");
    private static final Content TEXT = Content.of("import".getBytes(StandardCharsets.UTF_8));

    private final KeptRun store = new KeptRun();

    private void drive(Set<String> failing) {
        var conductor = new Conductor(StoredJournal.submitting(store, StoredJournalTest.newRun()));
        var submit = new RunInput.Submit(Instant.EPOCH, RunSamples.RUN, WORKFLOW, VALUES, 9, 1);
        var commands = new ArrayDeque<>(conductor.accept(submit).commands());
        while (!commands.isEmpty()) {
            if (commands.remove() instanceof RunCommand.Dispatch(var work)) {
                var outcome = outcome(work.id().task().text(), failing);
                var input = new RunInput.AttemptEnded(Instant.EPOCH, work.id(), outcome);
                commands.addAll(conductor.accept(input).commands());
            }
        }
    }

    private static Outcome outcome(String task, Set<String> failing) {
        return failing.contains(task)
                ? Outcome.failed("no", new Outcome.Failure(Span.NOWHERE, List.of()))
                : Outcome.succeeded("did " + task, new DataTable().with("name", task), true);
    }

    private static RunRow row(boolean ended) {
        return new RunRow(
                RunSamples.RUN,
                "large",
                "a.sloth",
                Instant.EPOCH,
                Map.of(),
                List.of(new RunFile(RunFile.Role.IMPORT, "/lib.lua", TEXT.sha256())),
                new Progress(ended ? "failed" : "running", ended, "", Instant.EPOCH, 1, 1, 0, 0),
                1,
                "",
                Instant.EPOCH,
                1);
    }

    private EarlierRun earlier() {
        return EarlierRun.of(store, row(true), "wait");
    }

    private static List<String> again(Reuse reuse) {
        return WORKFLOW.tasks().stream()
                .map(task -> task.name())
                .filter(name -> !reuse.outcomes().containsKey(name))
                .map(TaskName::text)
                .toList();
    }

    private static Problem problem(Runnable asking) {
        return catchThrowableOfType(Problems.class, asking::run).list().getFirst();
    }

    @Test
    void what_did_not_succeed_is_done_again_with_all_that_waits_for_it() {
        drive(Set.of("t2"));
        var reuse = earlier().rest();
        assertThat(reuse.from()).isEqualTo(RunSamples.RUN);
        assertThat(again(reuse)).containsExactly("t2", "t12", "t22");
    }

    @Test
    void what_succeeded_is_taken_over_as_it_ended() {
        drive(Set.of("t2"));
        assertThat(earlier().workflow()).isEqualTo(WORKFLOW);
        assertThat(earlier().values()).isEqualTo(VALUES);
        assertThat(earlier().rest().outcomes().get(new TaskName("t1")))
                .isEqualTo(Outcome.succeeded("did t1", new DataTable().with("name", "t1"), true));
    }

    @Test
    void from_a_task_on_it_is_done_again_though_it_succeeded_and_what_failed_elsewhere_too() {
        drive(Set.of("t3"));
        assertThat(again(earlier().from("t2")))
                .containsExactly("t2", "t3", "t12", "t13", "t22", "t23");
    }

    @Test
    void of_a_run_that_succeeded_only_a_task_is_done_again() {
        drive(Set.of());
        assertThat(problem(() -> earlier().rest()).code()).isEqualTo(EarlierRun.NOTHING_LEFT);
        assertThat(again(earlier().from("t22"))).containsExactly("t22");
    }

    @Test
    void a_task_that_is_none_is_told_with_its_nearest() {
        drive(Set.of());
        var problem = problem(() -> earlier().from("T2"));
        assertThat(problem.code()).isEqualTo("SLOTH-9020");
        assertThat(problem.remedy()).contains("did you mean 't2'?");
    }

    @Test
    void a_run_that_has_not_ended_is_refused_with_what_to_do() {
        var problem = problem(() -> EarlierRun.of(store, row(false), "wait for it"));
        assertThat(problem.code()).isEqualTo(EarlierRun.GOES_ON);
        assertThat(problem.remedy()).isEqualTo("wait for it");
    }

    @Test
    void a_text_that_is_lost_is_damage() {
        drive(Set.of("t2"));
        assertThatThrownBy(() -> earlier().assureTexts(store))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("what /lib.lua held");
        store.contents.put(TEXT.sha256(), TEXT);
        earlier().assureTexts(store);
    }
}
