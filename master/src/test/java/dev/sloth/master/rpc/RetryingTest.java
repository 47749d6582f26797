package dev.sloth.master.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Action;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.core.journal.RunHistory;
import dev.sloth.core.run.Reuse;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.run.TaskStatus;
import dev.sloth.core.security.authz.Role;
import dev.sloth.core.store.ArtifactStore.Artifact;
import dev.sloth.core.store.cluster.AuditRow;
import dev.sloth.master.run.CommandRun;
import dev.sloth.master.run.Submission;
import dev.sloth.testkit.Samples;
import dev.sloth.wire.proto.RetryRequest;
import dev.sloth.wire.proto.SubmissionTaken;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs of a master that have ended, and are tried again.
class RetryingTest {
    private static final String CALL = "sloth.Runs/Retry";
    private static final RunId EARLIER = new RunId("20260329-010000-0000000e");
    private static final RunId RUN = new RunId("20260329-013000-00000001");

    /// Of these `t12` waits for `t2`; none else is spoken of.
    private static final int TASKS = 20;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder;
    private DoorWorld world;

    @BeforeEach
    void open() {
        world = new DoorWorld(folder);
    }

    @AfterEach
    void close() throws InterruptedException {
        world.close();
    }

    private PastRun past() {
        return new PastRun(world.store, folder, EARLIER, Samples.large(TASKS));
    }

    private void failed(String... tasks) {
        past().drive(Set.of(tasks));
    }

    private static RetryRequest request(RunId run, RunId earlier, String from) {
        return RetryRequest.newBuilder()
                .setRun(run.text())
                .setEarlier(earlier.text())
                .setFrom(from)
                .build();
    }

    private boolean retried(RetryRequest request) {
        try {
            byte[] answer = world.ask(world.administrator(), CALL, request.toByteArray());
            return SubmissionTaken.parseFrom(answer).getFresh();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private String refusal(ManagedChannel caller, RetryRequest request) {
        return world.refusal(caller, CALL, request.toByteArray());
    }

    private String refusal(RetryRequest request) {
        return refusal(world.administrator(), request);
    }

    /// Has the earlier run fail at some tasks and be tried again.
    ///
    /// @return what the master is asked for then
    private Submission wanted(String... failing) {
        failed(failing);
        assertThat(retried(request(RUN, EARLIER, ""))).isTrue();
        return world.submitted.remove();
    }

    private static List<String> again(Submission wanted) {
        return wanted.workflow().tasks().stream()
                .map(task -> task.name())
                .filter(name -> !wanted.reuse().outcomes().containsKey(name))
                .map(TaskName::text)
                .toList();
    }

    @Test
    void a_new_run_has_what_the_earlier_one_was_made_of_and_takes_over_what_succeeded() {
        var wanted = wanted("t2");
        assertThat(wanted.id()).isEqualTo(RUN);
        assertThat(wanted.workflow()).isEqualTo(Samples.large(TASKS));
        assertThat(wanted.values()).isEqualTo(PastRun.VALUES);
        assertThat(wanted.script()).isEqualTo(PastRun.SCRIPT);
        assertThat(wanted.labels()).isEqualTo(PastRun.LABELS);
        assertThat(wanted.files()).isEqualTo(PastRun.files());
        assertThat(wanted.reuse().from()).isEqualTo(EARLIER);
        assertThat(again(wanted)).containsExactly("t2", "t12");
        assertThat(wanted.reuse().outcomes())
                .containsEntry(
                        new TaskName("t1"),
                        Outcome.succeeded("", new DataTable().with("name", "t1"), true));
    }

    @Test
    void from_a_task_on_all_is_done_again_that_depends_on_it() {
        failed();
        assertThat(retried(request(RUN, EARLIER, "t2"))).isTrue();
        assertThat(again(world.submitted.remove())).containsExactly("t2", "t12");
    }

    @Test
    void the_new_run_is_that_of_who_asks_and_written_down_as_theirs() {
        failed("t2");
        var olga = world.as(world.person("olga", Role.OPERATOR));
        byte[] _ = world.ask(olga, CALL, request(RUN, EARLIER, "").toByteArray());
        world.work.runs().submit(world.submitted.remove());

        var by = Submitter.read(world.store.runs().askedBy(RUN)).orElseThrow();
        assertThat(by.who().uri()).endsWith("/user/olga");
        assertThat(world.audited())
                .extracting(AuditRow::what, AuditRow::object, AuditRow::outcome)
                .containsExactly(
                        tuple("Runs.Retry", RUN.text(), "submitted, to try " + EARLIER + " again"));
    }

    @Test
    void who_may_only_look_tries_nothing_again() {
        failed("t2");
        var vera = world.as(world.person("vera", Role.VIEWER));
        assertThat(refusal(vera, request(RUN, EARLIER, ""))).isEqualTo(Guard.DENIED);
        assertThat(world.audited().getLast().object()).isEqualTo(RUN.text());
        assertThat(world.submitted).isEmpty();
    }

    @Test
    void never_is_a_run_tried_again_that_is_not_written_down() {
        failed("t2");
        world.failing.add("append audit");
        assertThat(refusal(request(RUN, EARLIER, ""))).isEqualTo("SLOTH-4104");
        assertThat(world.submitted).isEmpty();
    }

    // ---- twice

    @Test
    void asked_for_twice_it_is_one_run_and_another_of_the_same_id_is_refused() {
        world.work.runs().submit(wanted("t2"));

        assertThat(retried(request(RUN, EARLIER, ""))).isFalse();
        assertThat(refusal(request(RUN, RUN, ""))).isEqualTo("SLOTH-4102");
        assertThat(refusal(request(EARLIER, EARLIER, ""))).isEqualTo("SLOTH-4102");
        assertThat(world.submitted).isEmpty();
    }

    // ---- what it takes over

    private List<String> artifacts(RunId run) {
        return world.store.artifacts().of(run).stream().map(Artifact::path).toList();
    }

    @Test
    void a_run_has_the_outcomes_and_artifacts_that_it_takes_over() {
        world.work.runs().submit(wanted("t2"));

        assertThat(artifacts(RUN)).hasSize(TASKS - 2).contains("t1").doesNotContain("t2");
        var report = RunReport.of(new RunHistory(world.store.runs(), RUN).state());
        assertThat(report.count(TaskStatus.SUCCEEDED)).isEqualTo(TASKS - 2);
        assertThat(report.task(new TaskName("t1")).orElseThrow().attempts()).isZero();
    }

    @Test
    void a_run_whose_master_was_killed_before_it_was_given_them_is_given_them_by_the_next() {
        var wanted = wanted("t2");
        new PastRun(world.store, folder, RUN, wanted.workflow()).begin(wanted.reuse());
        assertThat(artifacts(RUN)).isEmpty();

        world.now.set(DoorWorld.NOW.plus(Duration.ofMinutes(1)));
        world.work.runs().look();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (artifacts(RUN).isEmpty()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        assertThat(artifacts(RUN)).hasSize(TASKS - 2);
    }

    // ---- what cannot be

    @Test
    void a_run_that_goes_on_is_not_tried_again() {
        past().begin(Reuse.NOTHING);
        assertThat(refusal(request(RUN, EARLIER, ""))).isEqualTo("SLOTH-4006");
    }

    @Test
    void of_a_run_that_succeeded_nothing_is_left_to_try_again() {
        failed();
        assertThat(refusal(request(RUN, EARLIER, ""))).isEqualTo("SLOTH-4010");
    }

    @Test
    void a_command_is_not_tried_again_as_a_run() {
        var command =
                new CommandRun(
                        EARLIER,
                        List.of("web1"),
                        new Action.Argv(List.of("true")),
                        Duration.ofSeconds(1),
                        Map.of());
        world.work.runs().submit(command.submission());
        assertThat(refusal(request(RUN, EARLIER, "exec"))).isEqualTo("SLOTH-4764");
    }

    @Test
    void what_cannot_be_meant_is_refused() {
        failed("t2");
        assertThat(refusal(request(RUN, new RunId("nobody"), ""))).isEqualTo("SLOTH-4001");
        assertThat(refusal(request(new RunId("last"), EARLIER, ""))).isEqualTo("SLOTH-4752");
        assertThat(refusal(request(RUN, new RunId(""), ""))).isEqualTo("SLOTH-4750");
        assertThat(refusal(request(RUN, EARLIER, "t99"))).isEqualTo("SLOTH-9020");
        assertThat(refusal(request(RUN, EARLIER, "t".repeat(100_000)))).isEqualTo("SLOTH-4750");
        assertThat(world.submitted).isEmpty();
    }
}
