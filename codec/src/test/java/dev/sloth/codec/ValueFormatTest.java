package dev.sloth.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.value.Data;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.testkit.Gen;
import dev.sloth.testkit.Samples;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ValueFormatTest {
    private static Value throughDocument(Value value) {
        return Documents.single(
                "value",
                Documents.single("value", pen -> ValueFormat.write(pen, value)),
                ValueFormat::read);
    }

    @Test
    void values_come_back_as_they_were_in_the_same_order() {
        Gen.forAll(
                3_000,
                gen -> {
                    var value = new Samples(gen).value();
                    for (var again :
                            List.of(
                                    throughDocument(value),
                                    ValueFormat.read(ValueFormat.bytes(value)))) {
                        assertThat(again).isEqualTo(value);
                        assertThat(ordered(again)).isEqualTo(ordered(value));
                    }
                });
    }

    @Test
    void what_a_value_takes_is_known_from_its_bytes_within_a_few_times() {
        Gen.forAll(
                3_000,
                gen -> {
                    var value = new Samples(gen).value();
                    long bytes = Data.bytes(value);
                    assertThat(ValueFormat.memory(ValueFormat.bytes(value)))
                            .isBetween(bytes / 2, 4 * bytes + 100);
                });
        for (var text :
                List.of("[".repeat(100_000), "\"\\,".repeat(50_000), "\0".repeat(100_000))) {
            assertThat(ValueFormat.memory(ValueFormat.bytes(Text.of(text))))
                    .isBetween(100_000L, 201_000L);
        }
    }

    /// Tables are equal whatever their order.
    private static String ordered(Value value) {
        if (!(value instanceof Value.Table table)) {
            return value.toString();
        }
        var text = new StringBuilder("{");
        table.entries()
                .forEach(e -> text.append(ordered(e.key())).append('=').append(ordered(e.value())));
        return text.append('}').toString();
    }

    @Test
    void only_data_is_kept() {
        var handle = new DataTable().with("h", new Value.Handle("file", new Object()));
        assertThatThrownBy(() -> throughDocument(handle))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not data");
    }

    @Test
    void what_is_no_value_is_damage() {
        for (var text :
                List.of(
                        "",
                        "[1,]",
                        "[null]",
                        "1e999",
                        "{}",
                        "{\"t\":{},\"p\":[]}",
                        "{\"x\":1}",
                        "{\"t\":{\"a\":1,\"a\":2}}",
                        "{\"p\":[1]}",
                        "{\"p\":[1,2,1,3]}",
                        "{\"b\":\"?\"}",
                        "{\"n\":\"many\"}",
                        "1 2",
                        "[".repeat(100_000))) {
            assertThatThrownBy(() -> ValueFormat.read(text.getBytes(StandardCharsets.UTF_8)))
                    .as(text)
                    .isInstanceOf(DamagedDocument.class);
        }
    }
}
