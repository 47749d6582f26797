package dev.sloth.master.afar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.core.journal.Requests;
import dev.sloth.core.run.Ruling;
import dev.sloth.core.run.RunInput;
import dev.sloth.core.store.ArtifactStore.Artifact;
import dev.sloth.core.store.Chapter;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.LogStore.Chunk;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.Progress;
import dev.sloth.core.store.RequestStore.Request;
import dev.sloth.core.store.RunFile;
import dev.sloth.core.store.RunQuery;
import dev.sloth.core.store.RunStore.Fate;
import dev.sloth.core.store.RunStore.Snapshot;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import dev.sloth.testkit.store.MemoryDisk;
import dev.sloth.testkit.store.MemoryStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs of a master, looked at and asked for from afar: what is large, what is hostile, what fails.
final class RunsFromAfarTest {
    private static final RunId RUN = new RunId("20260329-013000-a1b2c3d4");
    private static final AttemptId BUILD = new AttemptId(RUN, new TaskName("build"), 1);
    private static final Instant NOW = OpenDoor.NOW;
    private static final Owner OWNER = new Owner("one", "boot", 1, 2);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir private Path folder;
    private final Store store = MemoryStore.open(new MemoryDisk());
    private Fate.Verdict verdict = Fate.Verdict.UNKNOWN;
    private OpenDoor door;
    private RemoteStore afar;
    private Claim claim;

    @BeforeEach
    void open() {
        door = new OpenDoor(folder, store, _ -> verdict, _ -> {});
        afar = door.store();
        claim = store.runs().submit(run(), chapter(1, new byte[] {1}, false));
    }

    @AfterEach
    void close() {
        door.close();
    }

    private static NewRun run() {
        return new NewRun(
                RUN,
                "deploy",
                "/a.sloth",
                NOW,
                Map.of(),
                List.of(),
                List.of(),
                OWNER,
                NOW.plusSeconds(10));
    }

    private static Chapter chapter(long first, byte[] body, boolean ended) {
        var progress = new Progress(ended ? "succeeded" : "running", ended, "", NOW, 1, 0, 0, 0);
        return new Chapter(first, 1, body, progress, List.of(), List.of(), List.of(), List.of());
    }

    private static byte[] noise(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static Problems refused(String code, Runnable act) {
        var failure = catchThrowableOfType(Problems.class, act::run);
        assertThat(failure).isNotNull();
        var problem = failure.list().getFirst();
        assertThat(problem.code()).as(problem.message()).isEqualTo(code);
        assertThat(problem.message().length()).isBetween(10, 400);
        assertThat(problem.remedy()).isNotBlank();
        return failure;
    }

    // ---- what is large

    @Test
    void what_is_longer_than_a_message_arrives_whole() {
        var large = noise(3 << 20);
        store.runs().append(claim, chapter(2, large, false));
        store.runs().snapshot(claim, new Snapshot(2, large));
        var content = Content.of(large);
        var file = new RunFile(RunFile.Role.IMPORT, "/large", content.sha256());
        store.runs().addFiles(claim, List.of(file), List.of(content));
        var chunk = new Chunk(BUILD, 0, 0, 1, 0, large.length, NOW, NOW, large);
        store.logs().append(claim, chunk);

        assertThat(afar.runs().journal(RUN, 2, 9).getFirst().body()).isEqualTo(large);
        assertThat(afar.runs().snapshot(RUN).orElseThrow().body()).isEqualTo(large);
        assertThat(afar.runs().content(content.sha256())).contains(content);
        assertThat(afar.logs().read(BUILD, 0, 9)).containsExactly(chunk);
    }

    @Test
    void a_run_of_many_files_and_a_long_journal_arrive_whole() {
        var files =
                IntStream.range(0, 20_000)
                        .mapToObj(i ->
                                new RunFile(RunFile.Role.LINK, "/from/a/folder/" + i, "/to/" + i))
                        .toList();
        store.runs().addFiles(claim, files, List.of());
        for (int i = 2; i <= 100; i++) {
            store.runs().append(claim, chapter(i, new byte[] {(byte) i}, false));
        }

        assertThat(afar.runs().find(RUN)).isEqualTo(store.runs().find(RUN));
        assertThat(afar.runs().list(RunQuery.ALL)).isEqualTo(store.runs().list(RunQuery.ALL));
        assertThat(afar.runs().journal(RUN, 1, 2_000)).hasSize(100);
        assertThat(afar.runs().journal(RUN, 30, 40))
                .extracting(page -> page.first())
                .startsWith(30L)
                .endsWith(69L)
                .hasSize(40);
    }

    @Test
    void an_artifact_that_is_longer_than_a_message_is_copied_as_it_was() throws Exception {
        var source = Files.write(folder.resolve("source"), noise(3 << 20));
        store.artifacts().keep(claim, BUILD, "out.bin", source, NOW);
        var target = folder.resolve("target");

        afar.artifacts().copy(afar.artifacts().of(RUN).getFirst(), target);

        assertThat(target).hasSameBinaryContentAs(source);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void an_artifact_that_is_not_what_its_name_says_is_not_written() throws Exception {
        var source = Files.writeString(folder.resolve("source"), "kept");
        store.artifacts().keep(claim, BUILD, "a", source, NOW);
        var kept = store.artifacts().of(RUN).getFirst();
        var never = new Artifact(BUILD, "a", Content.sha256(noise(9)), kept.size(), false, NOW);
        var target = folder.resolve("target");

        var failure =
                catchThrowableOfType(
                        StoreFailure.class, () -> afar.artifacts().copy(never, target));

        assertThat(failure.reason()).isEqualTo(Reason.DAMAGED);
        assertThat(target).doesNotExist();
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    // ---- who drives

    @Test
    void whether_a_run_is_driven_is_what_the_master_says() {
        var verdicts =
                Map.of(
                        Fate.Verdict.ALIVE, Fate.Verdict.ALIVE,
                        Fate.Verdict.GONE, Fate.Verdict.GONE,
                        Fate.Verdict.UNKNOWN, Fate.Verdict.ALIVE);
        assertThat(afar.fate().of(OWNER)).isEqualTo(Fate.Verdict.UNKNOWN);
        verdicts.forEach((here, there) -> {
            verdict = here;
            assertThat(afar.runs().find(RUN)).isPresent();
            assertThat(afar.fate().of(OWNER)).as("%s", here).isEqualTo(there);
        });
        store.runs().renew(claim, NOW.minusSeconds(1));
        verdict = Fate.Verdict.UNKNOWN;
        assertThat(afar.runs().list(RunQuery.ALL)).hasSize(1);
        assertThat(afar.fate().of(OWNER)).isEqualTo(Fate.Verdict.GONE);
    }

    @Test
    void the_time_of_the_master_is_known_once_it_has_said_something() {
        assertThat(afar.runs().find(RUN)).isPresent();
        assertThat(afar.time().instant()).isEqualTo(NOW);
        var skewed = new MasterClock(() -> NOW.plusSeconds(3_600));
        skewed.heard(RunMessages.message(store.runs().find(RUN).orElseThrow(), true, NOW));
        assertThat(skewed.instant()).isEqualTo(NOW);
    }

    // ---- failures

    @Test
    void a_failure_of_the_store_is_the_same_failure_from_afar() {
        var gone = RunQuery.ALL.after(new RunId("gone"));
        var failure = catchThrowableOfType(StoreFailure.class, () -> afar.runs().list(gone));
        assertThat(failure.reason()).isEqualTo(Reason.CONFLICT);
        assertThat(failure).hasMessageContaining("gone");
        assertThat(failure.getCause())
                .isInstanceOfSatisfying(
                        Problems.class,
                        told -> assertThat(told.list().getFirst().remedy()).isNotBlank());
    }

    @Test
    void each_reason_of_a_failure_survives_the_way() {
        for (var reason : Reason.values()) {
            var told = RunProblems.of(new StoreFailure(reason, "it happened"));
            var read = RunProblems.read(new Problems(told));
            assertThat(read).isInstanceOf(StoreFailure.class).hasMessage("it happened");
            assertThat(((StoreFailure) read).reason()).isEqualTo(reason);
        }
    }

    @Test
    void what_only_a_master_can_do_is_refused_with_words() {
        List<Runnable> acts =
                List.of(
                        () -> afar.runs().delete(RUN),
                        () -> afar.runs().release(claim),
                        () -> afar.runs().bytes(RUN),
                        () -> afar.logs().delete(RUN),
                        () -> afar.artifacts().sweep(),
                        () -> afar.secrets(),
                        () -> afar.cluster(),
                        () -> afar.requests().answered(claim, 1));
        acts.forEach(act -> refused(RunProblems.NOT_FROM_AFAR, act));
    }

    // ---- what is hostile

    @Test
    void ids_that_are_no_ids_are_refused() {
        for (var word : List.of("", "../etc", "a b", "ü", "x".repeat(101), "a'--", "a\0b")) {
            var id = new RunId(word);
            List<Runnable> acts =
                    List.of(
                            () -> afar.runs().find(id),
                            () -> afar.runs().journal(id, 1, 1),
                            () -> afar.runs().snapshot(id),
                            () -> afar.logs().extents(id),
                            () -> afar.artifacts().of(id),
                            () -> afar.attempts().of(id),
                            () -> afar.requests().of(id),
                            () -> afar.requests().ask(id, Request.Kind.CANCEL, "", "", NOW),
                            () -> next(afar.follow(id)));
            acts.forEach(act -> refused(RunProblems.NO_QUESTION, act));
        }
        refused(RunProblems.NO_QUESTION, () -> afar.runs().content("no sum"));
        refused(RunProblems.NO_QUESTION, () -> afar.runs().content("../../etc/passwd"));
    }

    private static void next(Pursuit pursuit) {
        try (pursuit) {
            assertThat(pursuit.next(PATIENCE)).isPresent();
        }
    }

    @Test
    void pages_that_cannot_be_are_refused() {
        var from = door.asking();
        for (int limit : List.of(0, -1, RunLimits.PAGE_MAX + 1, Integer.MIN_VALUE)) {
            refused(RunProblems.NO_QUESTION, () -> from.journal(RUN, 1, limit));
            refused(RunProblems.NO_QUESTION, () -> from.chunks(BUILD, 0, limit));
        }
        for (long first : List.of(0L, -1L, Long.MIN_VALUE)) {
            refused(RunProblems.NO_QUESTION, () -> from.journal(RUN, first, 1));
        }
        refused(RunProblems.NO_QUESTION, () -> from.chunks(BUILD, -1, 1));
        assertThat(from.journal(RUN, Long.MAX_VALUE, 1_000)).isEmpty();
        assertThat(from.chunks(BUILD, Integer.MAX_VALUE, 1_000)).isEmpty();
    }

    @Test
    void a_question_longer_than_a_message_is_refused_by_a_master_that_goes_on() {
        var huge = Set.of("x".repeat(2 << 20));
        var query = new RunQuery(huge, "", "", Instant.MIN, Map.of(), Optional.empty(), 1);
        assertThatThrownBy(() -> afar.runs().list(query)).isInstanceOf(Problems.class);
        assertThat(afar.runs().find(RUN)).isPresent();
    }

    // ---- what is asked

    @Test
    void whoever_cancels_is_who_the_certificate_says_at_the_time_of_the_master() {
        assertThat(
                        afar.requests()
                                .ask(
                                        RUN,
                                        Request.Kind.CANCEL,
                                        "cancelled by god",
                                        "god",
                                        Instant.EPOCH))
                .isTrue();

        var request = store.requests().of(RUN).getFirst();
        assertThat(request.by()).isEqualTo(OpenDoor.NAME);
        assertThat(request.body()).isEqualTo("cancelled by " + OpenDoor.NAME);
        assertThat(request.at()).isEqualTo(NOW);
        assertThat(afar.requests().of(RUN)).containsExactly(request);
    }

    @Test
    void whoever_decides_is_who_the_certificate_says() {
        var outputs = new DataTable().with("url", "here");
        var ruling = new Ruling.Succeeded(outputs);
        var body = Requests.decision(BUILD, ruling, "god", Instant.EPOCH);
        assertThat(afar.requests().ask(RUN, Request.Kind.DECIDE, body, "god", NOW)).isTrue();

        var request = store.requests().of(RUN).getFirst();
        var decided = (RunInput.Decided) Requests.read(RUN, request, NOW);
        assertThat(decided.by()).isEqualTo(OpenDoor.NAME);
        assertThat(decided.id()).isEqualTo(BUILD);
        assertThat(decided.ruling()).isEqualTo(ruling);
    }

    @Test
    void what_is_no_decision_is_refused_and_leaves_nothing() {
        var other = new AttemptId(new RunId("other"), new TaskName("build"), 1);
        var theirs = Requests.decision(other, new Ruling.Failed(), "god", NOW);
        for (var body : List.of("", "{}", "[1", "\0", theirs, "x".repeat(1 << 17))) {
            refused(
                    RunProblems.NO_QUESTION,
                    () -> afar.requests().ask(RUN, Request.Kind.DECIDE, body, "", NOW));
        }
        refused(
                RunProblems.NO_SUBMISSION,
                () -> afar.requests().ask(RUN, Request.Kind.DECIDE, "x".repeat(2 << 20), "", NOW));
        assertThat(store.requests().of(RUN)).isEmpty();
    }

    @Test
    void a_run_that_has_ended_is_asked_for_nothing() {
        store.runs().append(claim, chapter(2, new byte[] {2}, true));
        assertThat(afar.requests().ask(RUN, Request.Kind.CANCEL, "", "", NOW)).isFalse();
        var never = new RunId("never");
        assertThat(afar.requests().ask(never, Request.Kind.CANCEL, "", "", NOW)).isFalse();
    }

    // ---- what is followed

    @Test
    void whoever_follows_hears_of_events_of_output_and_of_the_end() {
        try (var pursuit = afar.follow(RUN)) {
            assertThat(pursuit.next(PATIENCE)).contains(new Stand(1, 0, false, List.of()));
            assertThat(pursuit.next(Duration.ofMillis(1))).isEmpty();
            store.runs().append(claim, chapter(2, new byte[] {2}, false));
            assertThat(pursuit.next(PATIENCE)).contains(new Stand(2, 0, false, List.of()));
            store.logs().append(claim, new Chunk(BUILD, 0, 0, 1, 0, 1, NOW, NOW, noise(1)));
            assertThat(pursuit.next(PATIENCE)).contains(new Stand(2, 1, false, List.of()));
            store.runs().append(claim, chapter(3, new byte[] {3}, true));
            assertThat(pursuit.next(PATIENCE)).contains(new Stand(3, 1, true, List.of()));
            assertThat(pursuit.next(PATIENCE)).contains(Stand.OVER);
        }
    }

    @Test
    void a_run_that_is_not_there_has_ended_for_whoever_follows() {
        try (var pursuit = afar.follow(new RunId("never"))) {
            assertThat(pursuit.next(PATIENCE)).contains(Stand.OVER);
        }
    }

    @Test
    void whoever_follows_is_told_when_the_master_goes() throws Exception {
        try (var pursuit = afar.follow(RUN)) {
            assertThat(pursuit.next(PATIENCE)).isPresent();
            var end =
                    CompletableFuture.supplyAsync(() ->
                            catchThrowableOfType(
                                    Problems.class,
                                    () -> {
                                        var _ = pursuit.next(PATIENCE);
                                    }));
            door.close();
            assertThat(end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotNull();
        }
    }
}
