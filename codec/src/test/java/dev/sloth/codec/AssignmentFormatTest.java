package dev.sloth.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Assignment;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Outcome;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.testkit.Gen;
import dev.sloth.testkit.Samples;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Assignments and outcomes, each as a document of its own.
final class AssignmentFormatTest {
    @Test
    void assignments_come_back_as_they_were_and_equal_ones_are_equal_bytes() {
        Gen.forAll(
                1_000,
                gen -> {
                    var assignment = new Samples(gen).assignment();
                    var bytes = AssignmentFormat.bytes(assignment);
                    var again = AssignmentFormat.read(bytes);
                    assertThat(again).isEqualTo(assignment);
                    assertThat(AssignmentFormat.bytes(again)).isEqualTo(bytes);
                });
    }

    @Test
    void outcomes_come_back_as_they_were_and_equal_ones_are_equal_bytes() {
        Gen.forAll(
                1_000,
                gen -> {
                    var outcome = new Samples(gen).outcome();
                    var bytes = OutcomeFormat.bytes(outcome);
                    var again = OutcomeFormat.read(bytes);
                    assertThat(again).isEqualTo(outcome);
                    assertThat(OutcomeFormat.bytes(again)).isEqualTo(bytes);
                });
    }

    @Test
    void they_can_be_read_by_people() {
        var task = Samples.large(1).tasks().getFirst();
        var inputs = Map.<TaskName, Value.Table>of(new TaskName("a"), list("x"));
        var assignment =
                new Assignment(new AttemptId(new RunId("run-1"), task.name(), 2), task, inputs);
        assertThat(text(AssignmentFormat.bytes(assignment)))
                .startsWith(
                        """
                        {"format":1,"assignment":{"attempt":{"run":"run-1","number":2},\
                        "task":{"name":"t0","action":{"call":"task t0 command"},\
                        "at":"large.sloth:3:1"},"inputs":{"a":["x"]}},"sum":"\
                        """);
        assertThat(text(OutcomeFormat.bytes(Outcome.succeeded("built", list("y"), false))))
                .startsWith(
                        """
                        {"format":1,"outcome":{"status":"succeeded","message":"built",\
                        "outputs":["y"],"changed":false},"sum":"\
                        """);
    }

    private static DataTable list(String only) {
        return DataTable.list(List.of(Text.of(only)));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void every_cut_and_every_other_byte_is_refused() {
        Gen.forAll(
                100,
                gen -> {
                    var samples = new Samples(gen);
                    Bytes.assertGuarded(
                            gen,
                            AssignmentFormat.bytes(samples.assignment()),
                            AssignmentFormat::read);
                    Bytes.assertGuarded(
                            gen, OutcomeFormat.bytes(samples.outcome()), OutcomeFormat::read);
                });
    }

    @Test
    void whatever_stands_under_a_right_sum_is_read_or_called_damage() {
        int[] refused = {0};
        Gen.forAll(
                2_000,
                gen -> {
                    var samples = new Samples(gen);
                    var assignment = AssignmentFormat.bytes(samples.assignment());
                    var outcome = OutcomeFormat.bytes(samples.outcome());
                    refused[0] += forged(gen, assignment, AssignmentFormat::read);
                    refused[0] += forged(gen, outcome, OutcomeFormat::read);
                });
        assertThat(refused[0]).isBetween(1_000, 3_999);
    }

    private static int forged(Gen gen, byte[] bytes, Function<byte[], ?> read) {
        return Bytes.refused(Bytes.forged(gen, bytes), read) ? 1 : 0;
    }

    @Test
    void what_is_no_assignment_and_no_outcome_is_damage() {
        var outcome = OutcomeFormat.bytes(Outcome.ended(Outcome.Status.FAILED, ""));
        assertThatThrownBy(() -> AssignmentFormat.read(outcome))
                .isInstanceOf(DamagedDocument.class)
                .hasMessageContaining("'assignment'");
        var twice = "{\"status\":\"failed\"},\"outcome\":{\"status\":\"succeeded\"}";
        assertThatThrownBy(() ->
                        OutcomeFormat.read(
                                Bytes.sealed("{\"format\":1,\"outcome\":" + twice + "}")))
                .isInstanceOf(DamagedDocument.class)
                .hasMessageContaining("once");
    }

    /// A few bytes of zstd can hold a great many: nobody may send them to us.
    @Test
    void a_compressed_document_is_not_taken_for_one_that_travels_alone() {
        Consumer<Pen> section =
                pen ->
                        OutcomeFormat.write(
                                pen, "outcome", Outcome.ended(Outcome.Status.FAILED, ""));
        assertThat(OutcomeFormat.read(Documents.small(section)).status())
                .isEqualTo(Outcome.Status.FAILED);
        assertThatThrownBy(() -> OutcomeFormat.read(Documents.large(section)))
                .isInstanceOf(DamagedDocument.class);
    }

    @Test
    void a_later_version_is_told_apart() {
        assertThatThrownBy(() -> AssignmentFormat.read(Bytes.sealed("{\"format\":2,\"new\":true}")))
                .isInstanceOfSatisfying(DamagedDocument.class, e -> assertThat(e.newer()).isTrue());
    }
}
