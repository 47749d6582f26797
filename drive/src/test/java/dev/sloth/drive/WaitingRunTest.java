package dev.sloth.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Assignment;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.WorkflowHook;
import dev.sloth.core.journal.Requests;
import dev.sloth.core.journal.StoredJournal;
import dev.sloth.core.run.Answer;
import dev.sloth.core.run.Journal;
import dev.sloth.core.run.Ruling;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.run.RunStatus;
import dev.sloth.core.run.TaskStatus;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.Claiming;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.RequestStore.Request;
import dev.sloth.core.store.RunStore.Fate;
import dev.sloth.core.store.Store;
import dev.sloth.testkit.VirtualTime;
import dev.sloth.testkit.store.MemoryDisk;
import dev.sloth.testkit.store.MemoryStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A run that nobody drives because it waits for a decision.
@Timeout(60)
final class WaitingRunTest {
    private static final Owner OWNER = new Owner("here", "boot", 1, 1);

    private final VirtualTime time = new VirtualTime();
    private final Store store = MemoryStore.open(new MemoryDisk());

    /// Cannot tell what became of any attempt.
    private static final class Forgetful implements Hands {
        @Override
        public Outcome attempt(Assignment assignment) {
            return Outcome.ended(Outcome.Status.UNKNOWN, "nobody can tell");
        }

        @Override
        public void settled(AttemptId id) {}

        @Override
        public Answer condition(String stage, Condition condition) {
            return new Answer.Yes();
        }

        @Override
        public Outcome hook(
                WorkflowHook hook, FunctionRef function, boolean success, RunReport soFar) {
            return Outcome.succeeded("", new DataTable(), true);
        }
    }

    private static final class Deaf implements RunListener {
        @Override
        public void event(RunEvent event) {}

        @Override
        public void line(AttemptId attempt, String line) {}

        @Override
        public void note(String line) {}
    }

    private LocalRun run(Journal journal, Claim claim) {
        return new LocalRun(
                journal,
                new Forgetful(),
                new Deaf(),
                time,
                new StoreTenancy(store, claim, new Lease(store.runs(), claim, time), time),
                Duration.ofSeconds(10));
    }

    private RunReport resumed() throws InterruptedException {
        var claiming =
                store.runs()
                        .claim(
                                SmallRun.RUN,
                                OWNER,
                                time.instant(),
                                Lease.TTL,
                                _ -> Fate.Verdict.GONE);
        assertThat(claiming).isInstanceOf(Claiming.Granted.class);
        var claim = ((Claiming.Granted) claiming).claim();
        return run(StoredJournal.resuming(store.runs(), claim), claim).resume();
    }

    private RunReport submitted() throws InterruptedException {
        var journal = StoredJournal.submitting(store.runs(), SmallRun.kept(OWNER, time));
        return run(journal, new Claim(SmallRun.RUN, 1)).run(SmallRun.submission(time, "a", "b"));
    }

    private void decide(String task) {
        var id = new AttemptId(SmallRun.RUN, new TaskName(task), 1);
        var ruling = new Ruling.Succeeded(new DataTable());
        var body = Requests.decision(id, ruling, "me", time.instant());
        assertThat(
                        store.requests()
                                .ask(SmallRun.RUN, Request.Kind.DECIDE, body, "me", time.instant()))
                .isTrue();
    }

    @Test
    void a_run_that_is_resumed_takes_the_decisions_that_came_while_nobody_drove_it()
            throws InterruptedException {
        assertThat(submitted().status()).isEqualTo(RunStatus.WAITING);
        decide("a");
        var half = resumed();
        assertThat(half.status()).isEqualTo(RunStatus.WAITING);
        assertThat(half.count(TaskStatus.SUCCEEDED)).isEqualTo(1);
        assertThat(store.requests().of(SmallRun.RUN)).isEmpty();
        decide("b");
        assertThat(resumed().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void a_run_that_is_resumed_without_a_decision_waits_on() throws InterruptedException {
        assertThat(submitted().status()).isEqualTo(RunStatus.WAITING);
        assertThat(resumed().status()).isEqualTo(RunStatus.WAITING);
    }
}
