package dev.sloth.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.core.run.RunEngine;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.testkit.Gen;
import dev.sloth.testkit.Samples;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/// What is read of journals is what was written.
final class FormatTest {
    private static final String JSON_SIGNS = "09\",{}[-e";

    private Submissions writing() {
        return new Submissions(_ -> Optional.empty());
    }

    private Submissions reading(Submissions written) {
        Map<String, Content> kept = new HashMap<>();
        written.written().forEach(content -> kept.put(content.sha256(), content));
        return new Submissions(sha256 -> Optional.ofNullable(kept.get(sha256)));
    }

    private List<RunEvent> read(byte[] body, Submissions submissions) {
        var events = new ArrayList<RunEvent>();
        ChapterFormat.read("the chapter", body, submissions, events::add);
        return events;
    }

    private static String textOf(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Test
    void events_come_back_as_they_were_short_and_long_chapters_alike() {
        Gen.forAll(
                500,
                gen -> {
                    var events = new RunSamples(gen).events();
                    var submissions = writing();
                    var body = ChapterFormat.write(RunSamples.RUN, events, submissions);
                    assertThat(read(body, reading(submissions))).isEqualTo(events);
                });
    }

    @Test
    void workflows_come_back_as_they_were_and_equal_ones_are_equal_bytes() {
        Gen.forAll(
                1_000,
                gen -> {
                    var workflow = new Samples(gen).workflow();
                    var submissions = writing();
                    var sha256 = submissions.keep(workflow);
                    var again = reading(submissions).workflow(sha256);
                    assertThat(again).isEqualTo(workflow);
                    assertThat(writing().keep(again)).isEqualTo(sha256);
                });
    }

    @Test
    void snapshots_come_back_as_they_were() {
        Gen.forAll(
                500,
                gen -> {
                    var samples = new RunSamples(gen);
                    var flow = Samples.large(gen.below(5));
                    var event = samples.submitted();
                    var submitted =
                            new RunEvent.RunSubmitted(
                                    event.at(),
                                    event.run(),
                                    flow,
                                    event.values(),
                                    event.parallel(),
                                    event.seed(),
                                    event.reuse());
                    var snapshot = samples.snapshot(flow.tasks().size());
                    var submissions = writing();
                    var body = new SnapshotFormat().write(submitted, snapshot, submissions);
                    var there =
                            new SnapshotFormat().read("the snapshot", body, reading(submissions));
                    assertThat(there.submitted()).isEqualTo(submitted);
                    assertThat(RunEngine.snapshot(there.state())).isEqualTo(snapshot);
                });
    }

    @Test
    void a_chapter_can_be_read_by_people() {
        var events =
                List.<RunEvent>of(
                        new RunEvent.StageStarted(Instant.ofEpochSecond(1, 500), "build"),
                        new RunEvent.StageEnded(Instant.ofEpochSecond(1, 500), "build", true));
        assertThat(textOf(ChapterFormat.write(RunSamples.RUN, events, writing())))
                .isEqualTo(
                        """
                        {"format":1,"run":"run-1","events":[\
                        {"is":"stage_started","at":1.0000005,"stage":"build"},\
                        {"is":"stage_ended","stage":"build","failed":true}],\
                        "sum":"%s"}\
                        """
                                .formatted("280fd74a"));
    }

    @Test
    void what_later_minor_versions_add_is_passed_over() {
        var body =
                sealed(
                        """
                        {"format":1,"new":[{"x":[1]}],"run":"r","events":[\
                        {"also":{"y":2},"is":"stage_started","at":1,"stage":"a"}],"more":null}\
                        """);
        assertThat(read(body, writing()))
                .containsExactly(new RunEvent.StageStarted(Instant.ofEpochSecond(1), "a"));
    }

    @Test
    void a_later_format_is_not_called_damage() {
        assertThatThrownBy(
                        () -> read(sealed("{\"format\":2,\"run\":\"r\",\"events\":[]}"), writing()))
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        e -> assertThat(e.reason()).isEqualTo(StoreFailure.Reason.NEWER));
    }

    @Test
    void what_must_be_there_and_is_not_is_damage() {
        for (var text :
                List.of(
                        "{}",
                        "{\"format\":0}",
                        "{\"format\":1,\"run\":\"r\"}",
                        "{\"format\":1,\"events\":[]}",
                        "{\"format\":1,\"run\":\"r\",\"events\":[{\"at\":1,\"stage\":\"a\"}]}",
                        "{\"format\":1,\"run\":\"r\",\"events\":[{\"is\":\"no_such\",\"at\":1}]}",
                        "{\"format\":1,\"run\":\"r\",\"events\":[{\"is\":\"task_ready\",\"at\":1}]}",
                        "{\"format\":1,\"run\":\"r\",\"events\":[{\"is\":\"stage_started\","
                                + "\"at\":1e999999999}]}",
                        "{\"format\":1,\"run\":\"r\",\"events\":[{\"is\":\"run_submitted\","
                                + "\"at\":1,\"workflow\":\"00\",\"parallel\":1,\"seed\":1}]}")) {
            assertThatThrownBy(() -> read(sealed(text), writing()))
                    .as(text)
                    .isInstanceOfSatisfying(
                            StoreFailure.class,
                            e -> assertThat(e.reason()).isEqualTo(StoreFailure.Reason.DAMAGED));
        }
    }

    @Test
    void every_flipped_bit_of_a_chapter_is_noticed_or_does_no_harm() {
        var events = new ArrayList<RunEvent>();
        for (int i = 0; i < 3; i++) {
            events.add(new RunEvent.StageStarted(Instant.EPOCH, "stage " + i));
        }
        assertThat(flipEveryBit(ChapterFormat.write(RunSamples.RUN, events, writing()), events))
                .isZero();
        for (int i = 0; i < ChapterFormat.PLAIN_EVENTS_MAX; i++) {
            events.add(new RunEvent.StageEnded(Instant.EPOCH, "stage", false));
        }
        assertThat(flipEveryBit(ChapterFormat.write(RunSamples.RUN, events, writing()), events))
                .as("bits of a compressed frame that say nothing")
                .isLessThan(16);
    }

    private int flipEveryBit(byte[] body, List<RunEvent> events) {
        int harmless = 0;
        for (int bit = 0; bit < body.length * 8; bit++) {
            var flipped = body.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            if (refused(flipped, writing()) == 0) {
                harmless++;
                assertThat(read(flipped, writing())).isEqualTo(events);
            }
        }
        return harmless;
    }

    @Test
    void whatever_is_done_to_documents_is_called_damage_and_nothing_else() {
        int[] refused = {0};
        Gen.forAll(
                500,
                gen -> {
                    var submissions = writing();
                    var events = new RunSamples(gen).events();
                    var body = ChapterFormat.write(RunSamples.RUN, events, submissions);
                    for (int i = 0; i < 20; i++) {
                        refused[0] += refused(mutated(gen, body), reading(submissions));
                    }
                });
        assertThat(refused[0]).isBetween(5_000, 9_999);
    }

    /// Half of the small ones get a right sum again, so that what is behind it is tried too.
    private static byte[] mutated(Gen gen, byte[] body) {
        var bytes = body.clone();
        for (int i = 1 + gen.below(3); i > 0; i--) {
            int at = gen.below(bytes.length);
            switch (gen.below(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << gen.below(8));
                case 1 -> bytes[at] = (byte) JSON_SIGNS.charAt(gen.below(JSON_SIGNS.length()));
                case 2 -> bytes = java.util.Arrays.copyOf(bytes, at + 1);
                default ->
                        System.arraycopy(
                                body, gen.below(at + 1), bytes, 0, (bytes.length - at) / 2);
            }
        }
        return gen.yes() && bytes.length > 30 && bytes[0] == '{'
                ? sealed(textOf(java.util.Arrays.copyOf(bytes, bytes.length - 18)) + "}")
                : bytes;
    }

    private int refused(byte[] body, Submissions submissions) {
        try {
            var _ = read(body, submissions);
            return 0;
        } catch (StoreFailure e) {
            assertThat(e.reason()).isIn(StoreFailure.Reason.DAMAGED, StoreFailure.Reason.NEWER);
            return 1;
        }
    }

    @Test
    void damaged_contents_and_snapshots_are_called_damage_and_nothing_else() {
        Gen.forAll(
                400,
                gen -> {
                    var submissions = writing();
                    var sha256 = submissions.keep(new Samples(gen).workflow());
                    var content = submissions.written().getFirst();
                    var damaged = new Content(sha256, content.size(), mutated(gen, content.zstd()));
                    damagedOr(
                            reading(submissions).workflow(sha256),
                            () -> new Submissions(_ -> Optional.of(damaged)).workflow(sha256));
                    var flow = Samples.large(2);
                    var first =
                            new RunEvent.RunSubmitted(
                                    Instant.EPOCH,
                                    RunSamples.RUN,
                                    flow,
                                    Value.Nil.NIL,
                                    1,
                                    1,
                                    dev.sloth.core.run.Reuse.NOTHING);
                    var known = writing();
                    var body =
                            new SnapshotFormat()
                                    .write(first, new RunSamples(gen).snapshot(2), known);
                    var broken = mutated(gen, body);
                    damagedOr(
                            new SnapshotFormat().read("it", body, reading(known)),
                            () -> new SnapshotFormat().read("it", broken, reading(known)));
                });
    }

    /// Some bits of a compressed frame say nothing.
    private static <T> void damagedOr(T whole, Supplier<T> read) {
        try {
            assertThat(read.get()).isEqualTo(whole);
        } catch (StoreFailure e) {
            assertThat(e.reason()).isEqualTo(StoreFailure.Reason.DAMAGED);
        }
    }

    private static byte[] sealed(String document) {
        var open = document.substring(0, document.length() - 1).getBytes(StandardCharsets.UTF_8);
        var crc = new CRC32C();
        crc.update(open);
        return (new String(open, StandardCharsets.UTF_8)
                        + ",\"sum\":\"%08x\"}".formatted((int) crc.getValue()))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_large_workflow_is_written_and_read_in_one_go() {
        Workflow flow = Samples.large(50_000);
        var submissions = writing();
        var sha256 = submissions.keep(flow);
        assertThat(reading(submissions).workflow(sha256)).isEqualTo(flow);
    }
}
