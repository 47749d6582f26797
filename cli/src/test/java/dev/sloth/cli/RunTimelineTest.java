package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.cli.view.Samples;
import dev.sloth.cli.view.Timeline;
import dev.sloth.core.run.Reuse;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunStatus;
import dev.sloth.core.run.SkipReason;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunTimelineTest {
    private static final RunId RUN = new RunId("r");
    private final RunTimeline gathered = new RunTimeline();

    private static Instant at(int second) {
        return Instant.ofEpochSecond(second);
    }

    private static AttemptId id(String task, int number) {
        return new AttemptId(RUN, new TaskName(task), number);
    }

    private void submit() {
        var workflow = Samples.workflow(Samples.task("a"), Samples.task("b", "a"));
        take(new RunEvent.RunSubmitted(at(0), RUN, workflow, Value.Nil.NIL, 1, 1, Reuse.NOTHING));
    }

    private void take(RunEvent... events) {
        List.of(events).forEach(gathered::take);
    }

    private List<String> rows(int now) {
        return gathered.timeline(at(now)).attempts().stream()
                .map(a ->
                        "%s#%d %s %d..%d..%d"
                                .formatted(
                                        a.task(),
                                        a.number(),
                                        a.status(),
                                        a.ready().getEpochSecond(),
                                        a.started().getEpochSecond(),
                                        a.ended().getEpochSecond()))
                .toList();
    }

    @Test
    void each_attempt_waits_from_when_it_was_ready_and_not_while_its_retry_is_put_off() {
        submit();
        take(
                new RunEvent.TaskReady(at(1), new TaskName("a")),
                new RunEvent.AttemptAssigned(at(3), id("a", 1)),
                new RunEvent.AttemptEnded(
                        at(6), id("a", 1), Outcome.ended(Outcome.Status.FAILED, "no")),
                new RunEvent.RetryScheduled(at(6), id("a", 2), at(10)),
                new RunEvent.TaskReady(at(10), new TaskName("a")),
                new RunEvent.AttemptAssigned(at(11), id("a", 2)),
                new RunEvent.AttemptEnded(
                        at(15), id("a", 2), Outcome.ended(Outcome.Status.SUCCEEDED, "")),
                new RunEvent.RunEnded(at(16), RunStatus.SUCCEEDED, ""));
        assertThat(rows(99)).containsExactly("a#1 failed 1..3..6", "a#2 succeeded 10..11..15");
        var timeline = gathered.timeline(at(99));
        assertThat(timeline.until()).isEqualTo(at(16));
        assertThat(timeline.path()).containsExactly(new TaskName("a"));
    }

    @Test
    void what_is_under_way_lasts_until_now_and_what_waits_has_the_number_it_will_have() {
        submit();
        take(
                new RunEvent.TaskReady(at(1), new TaskName("a")),
                new RunEvent.AttemptAssigned(at(2), id("a", 1)),
                new RunEvent.TaskReady(at(4), new TaskName("b")));
        assertThat(rows(9))
                .containsExactly("a#1 running 1..2..9", "b#1 " + Timeline.QUEUED + " 4..9..9");
    }

    @Test
    void what_was_ready_and_then_skipped_is_no_attempt() {
        submit();
        take(
                new RunEvent.TaskReady(at(1), new TaskName("a")),
                new RunEvent.TaskSkipped(
                        at(2), new TaskName("a"), SkipReason.RUN_STOPPED, "cancelled"));
        assertThat(rows(9)).isEmpty();
    }
}
