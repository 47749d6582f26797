package dev.sloth.master.afar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.core.journal.SubmittedDocuments;
import dev.sloth.core.store.Chapter;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.Progress;
import dev.sloth.core.store.RunFile;
import dev.sloth.core.store.RunFile.Role;
import dev.sloth.core.store.RunStore.Fate;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import dev.sloth.core.store.cluster.AuditQuery;
import dev.sloth.core.store.cluster.AuditRow;
import dev.sloth.master.run.Submission;
import dev.sloth.master.session.MasterEvent;
import dev.sloth.testkit.Gen;
import dev.sloth.testkit.Samples;
import dev.sloth.testkit.store.MemoryDisk;
import dev.sloth.testkit.store.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs as they are handed over to a master, by those who mean well and by others.
final class SubmissionTest {
    private static final RunId RUN = new RunId("20260329-013000-a1b2c3d4");
    private static final String SCRIPT = "/project/deploy.sloth";
    private static final Workflow WORKFLOW = Samples.large(10);
    private static final DataTable VALUES = new DataTable().with("region", "north");

    @TempDir private Path folder;
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final Store store = MemoryStore.open(new MemoryDisk(), this::fail);
    private final Queue<Submission> taken = new ConcurrentLinkedQueue<>();
    private OpenDoor door;

    @BeforeEach
    void open() {
        door = new OpenDoor(folder, store, _ -> Fate.Verdict.UNKNOWN, this::take);
    }

    @AfterEach
    void close() {
        door.close();
    }

    private void fail(String statement) {
        if (failing.contains(statement)) {
            throw new StoreFailure(Reason.FULL, "no room for " + statement);
        }
    }

    /// As a master keeps it: under its id, once.
    private void take(Submission wanted) {
        var all = new ArrayList<>(wanted.contents());
        var now = OpenDoor.NOW;
        store.runs()
                .submit(
                        new NewRun(
                                wanted.id(),
                                wanted.workflow().name(),
                                wanted.script(),
                                now,
                                wanted.labels(),
                                wanted.files(),
                                all,
                                new Owner("master", "boot", 1, 1),
                                now.plusSeconds(10)),
                        new Chapter(
                                1,
                                1,
                                new byte[] {1},
                                new Progress("running", false, "", now, 1, 0, 0, 0),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of()));
        taken.add(wanted);
    }

    private static Content text(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Handover run(RunId id, String script, List<RunFile> files, Content... texts) {
        return new Handover(
                id,
                script,
                Map.of("team", "blue"),
                files,
                Arrays.asList(texts),
                SubmittedDocuments.of(WORKFLOW),
                SubmittedDocuments.of(VALUES));
    }

    private static List<RunFile> files(Content script) {
        return List.of(
                new RunFile(Role.PROJECT, "/project", ""),
                new RunFile(Role.SCRIPT, SCRIPT, script.sha256()),
                new RunFile(Role.LINK, "/project/lib", "/lib"));
    }

    private static Handover run() {
        var script = text("workflow");
        return run(RUN, SCRIPT, files(script), script);
    }

    private boolean submit(Handover handover) {
        return door.asking().submit(handover);
    }

    @Test
    void what_is_handed_over_arrives_as_it_was() {
        assertThat(submit(run())).isTrue();

        var arrived = taken.remove();
        assertThat(arrived.id()).isEqualTo(RUN);
        assertThat(arrived.workflow()).isEqualTo(WORKFLOW);
        assertThat(arrived.values()).isEqualTo(VALUES);
        assertThat(arrived.script()).isEqualTo(SCRIPT);
        assertThat(arrived.labels()).isEqualTo(Map.of("team", "blue"));
        assertThat(arrived.files()).isEqualTo(run().files());
        assertThat(arrived.contents()).contains(text("workflow"));
    }

    @Test
    void never_is_a_run_taken_that_is_not_written_down() {
        failing.add("append audit");
        assertThat(catchThrowableOfType(StoreFailure.class, () -> submit(run())).reason())
                .isEqualTo(Reason.FULL);
        assertThat(taken).isEmpty();
        failing.clear();
        assertThat(submit(run())).isTrue();
        var all = new AuditQuery(Instant.EPOCH, "", RUN.text(), Long.MAX_VALUE, 10);
        assertThat(store.cluster().<List<AuditRow>>read(t -> t.audit(all)))
                .allMatch(row -> row.who().endsWith("/admin/" + OpenDoor.NAME) && row.allowed())
                .extracting(AuditRow::what)
                .containsExactly("Runs.Submit");
    }

    @Test
    void every_workflow_and_all_values_arrive_as_they_were() {
        int[] runs = {0};
        Gen.forAll(
                60,
                gen -> {
                    var workflow = new Samples(gen).workflow();
                    var values = new Samples(gen).table();
                    var script = text("script " + gen.size());
                    var id = new RunId("20260329-013000-%08x".formatted(runs[0]++));
                    submit(
                            new Handover(
                                    id,
                                    SCRIPT,
                                    Map.of(),
                                    files(script),
                                    List.of(script),
                                    SubmittedDocuments.of(workflow),
                                    SubmittedDocuments.of(values)));

                    var arrived = taken.remove();
                    assertThat(arrived.workflow()).isEqualTo(workflow);
                    assertThat(arrived.values()).isEqualTo(values);
                });
    }

    @Test
    void what_a_master_has_already_is_not_sent_again() {
        submit(run());
        taken.clear();
        var again = new RunId("20260329-013001-a1b2c3d4");
        var script = text("workflow");
        submit(run(again, SCRIPT, files(script), script));

        assertThat(taken.remove().contents()).doesNotContain(script);
    }

    @Test
    void large_texts_arrive_in_parts() {
        var noise = new byte[3 << 20];
        new Random(1).nextBytes(noise);
        var large = Content.of(noise);
        var many =
                IntStream.range(0, 2_000)
                        .mapToObj(i -> new RunFile(Role.IMPORT, "/project/" + i, large.sha256()))
                        .toList();
        var all = new ArrayList<>(files(large));
        all.addAll(many);
        assertThat(submit(run(RUN, SCRIPT, all, large))).isTrue();
        assertThat(taken.remove().contents()).contains(large);
    }

    // ---- twice

    @Test
    void handed_over_twice_it_is_one_run() {
        assertThat(submit(run())).isTrue();
        assertThat(submit(run())).isFalse();
        assertThat(taken).hasSize(1);
    }

    @Test
    void handed_over_by_many_at_once_it_is_one_run() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all =
                    threads.invokeAll(
                            IntStream.range(0, 16)
                                    .<Callable<Boolean>>mapToObj(_ -> () -> submit(run()))
                                    .toList());
            int fresh = 0;
            for (var each : all) {
                fresh += each.get() ? 1 : 0;
            }
            assertThat(fresh).isEqualTo(1);
        }
        assertThat(taken).hasSize(1);
    }

    @Test
    void another_run_of_the_same_id_is_refused() {
        submit(run());
        var other = text("another workflow");
        var failure =
                catchThrowableOfType(
                        StoreFailure.class, () -> submit(run(RUN, SCRIPT, files(other), other)));
        assertThat(failure.reason()).isEqualTo(Reason.TAKEN);
        assertThat(taken).hasSize(1);
    }

    @Test
    void what_went_with_an_old_run_meanwhile_is_sent_after_all() {
        var script = text("workflow");
        var lacking = run(RUN, SCRIPT, files(script));
        refused(RunProblems.LACKING, lacking);
        assertThat(submit(run())).isTrue();
    }

    // ---- by others

    private void refused(String code, Handover handover) {
        var failure = catchThrowableOfType(Problems.class, () -> submit(handover));
        assertThat(failure).isNotNull();
        var problem = failure.list().getFirst();
        assertThat(problem.code()).as(problem.message()).isEqualTo(code);
        assertThat(problem.message().length()).isBetween(10, 400);
        assertThat(taken).isEmpty();
        assertThat(door.told).noneMatch(event -> event instanceof MasterEvent.Trouble);
    }

    private void refused(Handover handover) {
        refused(RunProblems.NO_SUBMISSION, handover);
    }

    @Test
    void ids_that_no_program_of_ours_makes_are_refused() {
        var script = text("x");
        for (var id : List.of("", "last", "../../x", "20260329-013000-A1B2C3D4", "x".repeat(200))) {
            refused(run(new RunId(id), SCRIPT, files(script), script));
        }
    }

    @Test
    void files_that_cannot_be_are_refused() {
        var script = text("x");
        var project = new RunFile(Role.PROJECT, "/project", "");
        var main = new RunFile(Role.SCRIPT, SCRIPT, script.sha256());
        for (var files :
                List.of(
                        List.<RunFile>of(),
                        List.of(main),
                        List.of(project),
                        List.of(project, main, main),
                        List.of(project, project, main),
                        List.of(project, main, new RunFile(Role.LINK, "/a", "b")),
                        List.of(project, main, new RunFile(Role.LINK, "a", "/b")),
                        List.of(project, main, new RunFile(Role.LINK, "/a\0", "/b")),
                        List.of(
                                project,
                                main,
                                new RunFile(Role.LINK, "/" + "a".repeat(5_000), "/b")),
                        List.of(project, new RunFile(Role.SCRIPT, "/other", script.sha256())))) {
            refused(run(RUN, SCRIPT, files, script));
        }
        var noSum = new RunFile(Role.IMPORT, "/a", "no sum");
        refused(RunProblems.NO_QUESTION, run(RUN, SCRIPT, List.of(project, main, noSum), script));
        refused(run(RUN, "deploy.sloth", files(script), script));
    }

    @Test
    void labels_that_cannot_be_are_refused() {
        var script = text("x");
        var many = new HashMap<String, String>();
        IntStream.range(0, 200).forEach(i -> many.put("a" + i, ""));
        for (var labels :
                List.of(Map.of("a b", ""), Map.of("", ""), Map.of("a", "x".repeat(5_000)), many)) {
            refused(
                    new Handover(
                            RUN,
                            SCRIPT,
                            labels,
                            files(script),
                            List.of(script),
                            SubmittedDocuments.of(WORKFLOW),
                            SubmittedDocuments.of(VALUES)));
        }
    }

    @Test
    void texts_that_are_not_what_their_name_says_are_refused() {
        var script = text("x");
        var other = text("other");
        var large = Content.of(new byte[1 << 20]);
        for (var forged :
                List.of(
                        new Content(script.sha256(), other.size(), other.zstd()),
                        new Content(script.sha256(), script.size() + 1, script.zstd()),
                        new Content(script.sha256(), 0, script.zstd()),
                        new Content(script.sha256(), 1, large.zstd()),
                        new Content(script.sha256(), 1, new byte[] {1, 2, 3}),
                        new Content(script.sha256(), 1, new byte[0]),
                        new Content(script.sha256(), -1, script.zstd()),
                        new Content(script.sha256(), Long.MAX_VALUE, script.zstd()))) {
            refused(run(RUN, SCRIPT, files(script), forged));
        }
    }

    @Test
    void a_workflow_that_is_none_is_refused() {
        var script = text("x");
        for (var none : List.of(text(""), text("{}"), text("[[["), SubmittedDocuments.of(VALUES))) {
            refused(
                    new Handover(
                            RUN,
                            SCRIPT,
                            Map.of(),
                            files(script),
                            List.of(script),
                            none,
                            SubmittedDocuments.of(VALUES)));
        }
    }

    @Test
    void more_than_a_master_takes_is_refused() {
        var noise = new byte[(int) RunLimits.SUBMITTED_BYTES_MAX + 1];
        new Random(1).nextBytes(noise);
        var script = Content.of(noise);
        refused(run(RUN, SCRIPT, files(script), script));
    }

    @Test
    void more_files_than_a_master_takes_are_refused() {
        var script = text("x");
        var files = new ArrayList<>(files(script));
        IntStream.range(0, RunLimits.FILES_MAX)
                .forEach(i -> files.add(new RunFile(Role.LINK, "/a" + i, "/b")));
        refused(run(RUN, SCRIPT, files, script));
    }
}
