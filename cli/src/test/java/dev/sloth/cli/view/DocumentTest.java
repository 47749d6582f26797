package dev.sloth.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentTest {
    private final Document document =
            new Document()
                    .with("text", "a \"b\" \u00fc")
                    .with("whole", new Value.Num(3))
                    .with("part", new Value.Num(0.5))
                    .with("list", DataTable.list(List.of(Text.of("x"), Value.Bool.TRUE)))
                    .with("table", new DataTable().with("k", "v"));

    @Test
    void json_keeps_types_and_order() {
        assertThat(document.as(Format.JSON))
                .isEqualTo(
                        """
                        {
                          "text" : "a \\"b\\" \u00fc",
                          "whole" : 3,
                          "part" : 0.5,
                          "list" : [
                            "x",
                            true
                          ],
                          "table" : {
                            "k" : "v"
                          }
                        }
                        """);
    }

    @Test
    void yaml_is_in_blocks() {
        assertThat(document.as(Format.YAML))
                .isEqualTo(
                        """
                        text: a "b" \u00fc
                        whole: 3
                        part: 0.5
                        list:
                        - x
                        - true
                        table:
                          k: v
                        """);
    }

    @Test
    void numbers_that_json_lacks_are_text() {
        assertThat(new Document().with("x", new Value.Num(Double.NaN)).json()).contains("\"NaN\"");
    }

    @Test
    void yaml_names_nothing_to_say_it_again() {
        var tags = List.of("a", "b");
        var one = new Document().with("tags", tags).with("none", List.of());
        var text = new Document().with("first", one).with("second", one).as(Format.YAML);
        assertThat(text).doesNotContain("&", "*");
        assertThat(text.lines().filter(line -> line.contains("- a"))).hasSize(2);
    }
}
