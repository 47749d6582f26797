package dev.sloth.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.value.Value.Bool;
import dev.sloth.api.value.Value.Nil;
import dev.sloth.api.workflow.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static Verdict of(Value... results) {
        return Verdict.of(List.of(results));
    }

    @Test
    void a_place_is_a_name_or_a_list_of_names_and_no_table_with_fields() {
        var names = new DataTable();
        names.put(new Value.Num(1), Text.of("web1"));
        assertThat(Verdict.placement(List.of(names)).status()).isEqualTo(Outcome.Status.SUCCEEDED);
        var selector = new DataTable().with("selector", "region == 'fra'");
        assertThat(Verdict.placement(List.of(selector)).message())
                .isEqualTo(
                        "the function of `delegate_to` must return an agent's name or a list of"
                                + " names, not a table with a field 'selector'");
    }

    @Test
    void true_and_nothing_are_success() {
        assertThat(of(Bool.TRUE).success()).isTrue();
        assertThat(of(Bool.TRUE).silent()).isFalse();
        assertThat(of()).isEqualTo(Verdict.SILENT);
        assertThat(of(Nil.NIL)).isEqualTo(Verdict.SILENT);
    }

    @Test
    void false_and_nil_with_a_reason_are_failure() {
        assertThat(of(Bool.FALSE, Text.of("why")).message()).isEqualTo("why");
        assertThat(of(Nil.NIL, Text.of("why")).message()).isEqualTo("why");
        assertThat(of(Nil.NIL, Text.of("why")).success()).isFalse();
        assertThat(of(Bool.FALSE).message()).isEqualTo("the function returned false");
    }

    @Test
    void outputs_are_third_or_second_and_may_say_that_nothing_changed() {
        var outputs = new DataTable().with("changed", false);

        assertThat(of(Bool.TRUE, Text.of("m"), outputs).outputs()).isEqualTo(outputs);
        assertThat(of(Bool.TRUE, outputs).outputs()).isEqualTo(outputs);
        assertThat(of(Bool.TRUE, Text.of("m"), outputs).changed()).isFalse();
        assertThat(of(Bool.TRUE, Text.of("m"), Text.of("x")).message())
                .isEqualTo("the third value must be a table of outputs, was a string");
    }

    @Test
    void a_table_with_success_says_the_same() {
        var outputs = new DataTable().with("v", 1);
        var good = new DataTable().with("success", true).with("message", "m");

        assertThat(of(good.with("outputs", outputs)).outputs()).isEqualTo(outputs);
        assertThat(of(new DataTable().with("success", false).with("error", "e")).message())
                .isEqualTo("e");
        assertThat(of(new DataTable().with("v", 1)).message()).contains("without success");
    }

    @Test
    void the_result_of_a_process_says_how_it_ended() {
        var fields =
                List.of(
                        new Value.Entry(Text.of("success"), Bool.FALSE),
                        new Value.Entry(Text.of("exit_code"), new Value.Num(2)));

        assertThat(of(Text.of("out").with(fields)).message())
                .isEqualTo("the command ended with exit code 2");
    }

    @Test
    void anything_else_is_told_what_to_return() {
        assertThat(of(Text.of("done")).message())
                .isEqualTo(
                        "the function returned a string first; return true, or true with a message"
                                + " and a table of outputs, or false with the reason");
        assertThat(of(new Value.Num(1)).success()).isFalse();
    }
}
