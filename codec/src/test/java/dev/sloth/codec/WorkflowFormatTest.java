package dev.sloth.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.workflow.Workflow;
import dev.sloth.testkit.Gen;
import dev.sloth.testkit.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class WorkflowFormatTest {
    private static byte[] bytes(Workflow workflow) {
        var out = new ByteArrayOutputStream();
        Documents.write(out, pen -> WorkflowFormat.write(pen, workflow));
        return out.toByteArray();
    }

    private static Workflow read(byte[] bytes) {
        return WorkflowFormat.read(new ByteArrayInputStream(bytes));
    }

    @Test
    void workflows_come_back_as_they_were_and_equal_ones_are_equal_bytes() {
        Gen.forAll(
                1_000,
                gen -> {
                    var workflow = new Samples(gen).workflow();
                    var written = bytes(workflow);
                    var again = read(written);
                    assertThat(again).isEqualTo(workflow);
                    assertThat(bytes(again)).isEqualTo(written);
                });
    }

    @Test
    void a_document_without_a_workflow_is_damage() {
        var text = "{\"format\":1,\"tasks\":[]}";
        assertThatThrownBy(() -> read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(DamagedDocument.class)
                .hasMessageContaining("no workflow");
    }

    @Test
    void a_large_workflow_is_written_and_read_in_one_go() {
        var flow = Samples.large(50_000);
        assertThat(read(bytes(flow))).isEqualTo(flow);
    }
}
