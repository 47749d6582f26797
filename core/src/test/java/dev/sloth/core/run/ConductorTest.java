package dev.sloth.core.run;

import static dev.sloth.core.run.Flows.flow;
import static dev.sloth.core.run.Flows.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.WorkflowHook;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConductorTest {
    private static final Instant NOW = Instant.EPOCH;
    private static final RunId RUN = new RunId("run");
    private static final Outcome WELL = Outcome.succeeded("", new DataTable(), true);

    /// Keeps events in memory, and refuses when told to.
    private static final class FaultyJournal implements Journal {
        private final MemoryJournal kept = new MemoryJournal();
        private boolean full;

        @Override
        public void append(List<RunEvent> events, RunState after) {
            if (full) {
                throw new IllegalStateException("no space left");
            }
            kept.append(events, after);
        }

        @Override
        public RunState restore() {
            return kept.restore();
        }
    }

    private final FaultyJournal journal = new FaultyJournal();
    private final Conductor conductor = new Conductor(journal);

    private static RunInput.Submit submit() {
        return new RunInput.Submit(
                NOW, RUN, flow(task("a"), task("b").needs("a")), Value.Nil.NIL, 2, 1);
    }

    private static RunInput started() {
        return new RunInput.HookEnded(NOW, WorkflowHook.ON_START, WELL);
    }

    private static RunInput ended(String task, int number) {
        return new RunInput.AttemptEnded(NOW, new AttemptId(RUN, new TaskName(task), number), WELL);
    }

    @Test
    void what_the_journal_refuses_has_not_happened_and_may_be_tried_again() {
        conductor.accept(submit());
        var before = conductor.state();
        journal.full = true;
        assertThatThrownBy(() -> conductor.accept(started())).hasMessage("no space left");
        assertThat(conductor.state()).isEqualTo(before);
        journal.full = false;
        assertThat(conductor.accept(started()).commands())
                .singleElement()
                .isInstanceOf(RunCommand.Dispatch.class);
    }

    @Test
    void a_run_goes_on_from_its_journal() {
        conductor.accept(submit());
        conductor.accept(started());
        var second = new Conductor(journal);
        assertThat(second.state()).isEqualTo(conductor.state());
        assertThat(second.accept(ended("a", 1)).commands())
                .singleElement()
                .isInstanceOf(RunCommand.Dispatch.class);
    }

    @Test
    void late_repeated_and_unasked_reports_change_nothing() {
        conductor.accept(submit());
        conductor.accept(started());
        conductor.accept(ended("a", 1));
        var before = conductor.state();
        for (var input :
                List.of(
                        started(),
                        ended("a", 1),
                        ended("b", 2),
                        new RunInput.ConditionAnswered(NOW, "", new Answer.No()),
                        new RunInput.TimerFired(
                                NOW,
                                new TimerId.Retry(new AttemptId(RUN, new TaskName("a"), 2))))) {
            assertThat(conductor.accept(input).events()).as("%s", input).isEmpty();
        }
        assertThat(conductor.state()).isEqualTo(before);
    }

    @Test
    void never_two_submissions_and_nothing_before_the_first() {
        assertThatThrownBy(() -> conductor.accept(started()))
                .isInstanceOf(IllegalStateException.class);
        conductor.accept(submit());
        assertThatThrownBy(() -> conductor.accept(submit()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void an_attempt_of_another_run_is_refused() {
        conductor.accept(submit());
        var stray = new AttemptId(new RunId("other"), new TaskName("a"), 1);
        assertThatThrownBy(() -> conductor.accept(new RunInput.AttemptEnded(NOW, stray, WELL)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
