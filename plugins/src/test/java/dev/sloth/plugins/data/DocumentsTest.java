package dev.sloth.plugins.data;

import static dev.sloth.plugins.testing.Caller.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Problems;
import dev.sloth.plugins.testing.Caller;
import dev.sloth.plugins.testing.TestHost;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class DocumentsTest {
    private static final long SEED = Long.getLong("sloth.seed", 20_261_123L);
    private final Caller data = new Caller(DataModule.module(), new TestHost());

    @Test
    void json_is_read_and_written() {
        assertThat(data.text("json_encode", Map.of("a", List.of(1, 2.5, "x", true))))
                .isEqualTo("{\"a\":[1,2.5,\"x\",true]}");
        var read = (DataTable) data.call("parse_json", "{\"a\":[1,null,3],\"b\":null,\"c\":{}}");
        assertThat(((DataTable) read.at("a")).at(3)).isEqualTo(value(3));
        assertThat(read.at("b")).isEqualTo(Value.Nil.NIL);
        assertThat(data.text("to_json", read)).isEqualTo("{\"a\":[1,null,3],\"c\":{}}");
        assertThat(data.text("json_encode", new DataTable(), Map.of("empty", "list")))
                .isEqualTo("[]");
        assertThat(data.text("json_pretty", List.of(1))).isEqualTo("[\n  1\n]");
        assertThat(data.text("json_decode", "12345678901234567890"))
                .isEqualTo("12345678901234567890");
        assertThat(data.text("json_encode", 9007199254740992.0)).isEqualTo("9007199254740992");
    }

    @Test
    void numbers_that_nobody_could_hold_are_refused_by_their_length() {
        for (var begin : List.of("0x", "0o", "")) {
            var text = "- " + begin + "7".repeat(2_000_000);
            assertThat(data.error("parse_yaml", text)).as(begin).startsWith("1:3:");
        }
        assertThat(data.number("parse_yaml", "0x" + "0".repeat(900) + "ff")).isEqualTo(255);
    }

    @Test
    void broken_json_is_refused_with_its_place() {
        assertThat(data.error("json_decode", "[1,\n 2,,]")).startsWith("2:");
        assertThat(data.error("json_decode", "")).isEqualTo("1:1: the text is empty");
        assertThat(data.error("json_decode", "1 2")).contains("after the end");
        assertThat(data.error("json_decode", "{\"a\":1,\"a\":2}")).containsIgnoringCase("dup");
        assertThat(data.error("json_decode", "\"\\ud800\"")).contains("surrogate");
        assertThat(data.error("json_decode", "1e999")).contains("not a number");
        assertThat(data.error("json_decode", "[".repeat(200))).contains("deeper");
        assertThat(data.error("json_validate", "{")).isNotEmpty();
        assertThat(data.truth("json_validate", "{}")).isTrue();
        assertThat(data.error("json_encode", Double.NaN)).contains("finite");
        assertThat(data.error("json_encode", Text.ofBytes(new byte[] {-1}))).contains("UTF-8");
        var cycle = new DataTable();
        cycle.put("me", cycle);
        assertThat(data.error("json_encode", cycle)).contains("contains itself");
        assertThat(data.error("json_encode", Map.of("f", Caller.function(a -> a))))
                .contains("function");
    }

    @Test
    void yaml_is_read_by_the_core_schema_with_merges_and_bytes() {
        var text =
                """
                base: &base {a: 1, b: two}
                more:
                  <<: *base
                  b: 3
                list: [yes, true, 0x10, 1.5, ~, "1"]
                raw: !!binary //4=
                8080: port
                """;
        var read = (DataTable) data.call("yaml_decode", text);
        assertThat(read.at("more")).isEqualTo(value(Map.of("a", 1, "b", 3)));
        var list = (DataTable) read.at("list");
        assertThat(list.at(1)).isEqualTo(value("yes"));
        assertThat(list.at(3)).isEqualTo(value(16));
        assertThat(list.at(6)).isEqualTo(value("1"));
        assertThat(((Text) read.at("raw")).bytes()).containsExactly(-1, -2);
        assertThat(read.at(new Value.Num(8080))).isEqualTo(value("port"));
        assertThat(data.text("to_yaml", Map.of("a", List.of(1, "true"))))
                .isEqualTo("a:\n- 1\n- 'true'\n");
    }

    @Test
    void broken_or_dangerous_yaml_is_refused_with_its_place() {
        assertThat(data.error("yaml_decode", "a: [1")).startsWith("1:");
        assertThat(data.error("yaml_decode", "a: 1\na: 2"))
                .isEqualTo("2:1: the key a is given twice");
        assertThat(data.error("yaml_decode", "a: !!java/object x")).contains("not known");
        assertThat(data.error("yaml_decode", "a: &x [*x]")).contains("names nothing");
        assertThat(data.error("yaml_decode", "--- 1\n--- 2")).contains("second document");
        assertThat(data.error("yaml_decode", ".nan")).contains("not a number");
        assertThat(data.error("yaml_decode", "[".repeat(500))).contains("deeper");
        var laughs = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            var alias = "*a" + (i - 1);
            laughs.append(
                    "a%d: &a%d [%s]\n"
                            .formatted(
                                    i,
                                    i,
                                    String.join(
                                            ",",
                                            List.of(
                                                    alias, alias, alias, alias, alias, alias, alias,
                                                    alias, alias))));
        }
        assertThat(data.error("yaml_decode", laughs.toString())).contains("aliases counted");
    }

    @Test
    void a_values_file_says_where_it_is_wrong() {
        assertThat(ValuesFile.parse("v.yaml", bytes("a: 1"))).isEqualTo(value(Map.of("a", 1)));
        assertThat(ValuesFile.parse("v.json", bytes("{\"a\":[1]}")))
                .isEqualTo(value(Map.of("a", List.of(1))));
        assertThat(ValuesFile.parse("v.yaml", bytes(""))).isEqualTo(new DataTable());
        assertThatThrownBy(() -> ValuesFile.parse("v.yaml", bytes("a: [")))
                .isInstanceOf(Problems.class)
                .hasMessageStartingWith("v.yaml:1:");
        assertThatThrownBy(() -> ValuesFile.parse("v.yaml", bytes("just text")))
                .isInstanceOf(Problems.class);
        var merged =
                ValuesFile.merge(
                        (DataTable) value(Map.of("a", Map.of("x", 1), "l", List.of(1, 2))),
                        (DataTable) value(Map.of("a", Map.of("y", 2), "l", List.of(3))));
        assertThat(merged).isEqualTo(value(Map.of("a", Map.of("x", 1, "y", 2), "l", List.of(3))));
    }

    @Test
    void xml_is_read_and_written_and_entities_are_refused() {
        var text = "<a id=\"1\"><b>x</b><b>y</b><c/>t</a>";
        var read = (DataTable) data.call("xml_decode", text);
        var a = (DataTable) read.at("a");
        assertThat(a.at("@id")).isEqualTo(value("1"));
        assertThat(a.at("b")).isEqualTo(value(List.of("x", "y")));
        assertThat(a.at("#text")).isEqualTo(value("t"));
        assertThat(data.call("xml_decode", data.text("xml_encode", read))).isEqualTo(read);
        assertThat(
                        data.error(
                                "xml_decode",
                                "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"))
                .contains("document types");
        assertThat(data.error("xml_decode", "<a>&x;</a>")).isNotEmpty();
        assertThat(data.error("xml_decode", "<a>")).startsWith("1:");
        assertThat(data.error("xml_encode", Map.of("a b", 1))).contains("cannot name");
        assertThat(data.text("xml_to_json", "<a>1</a>")).isEqualTo("{\"a\":\"1\"}");
    }

    @Test
    void csv_is_read_and_written() {
        var rows = data.call("csv_parse", "a,\"b \"\"q\"\", c\"\r\n\n1,\"x\ny\"\n");
        assertThat(rows)
                .isEqualTo(value(List.of(List.of("a", "b \"q\", c"), List.of("1", "x\ny"))));
        assertThat(data.call("csv_parse", data.text("csv_generate", rows))).isEqualTo(rows);
        assertThat(data.call("csv_parse", "n;p\nweb;80", ";", true))
                .isEqualTo(value(List.of(Map.of("n", "web", "p", "80"))));
        assertThat(data.error("csv_parse", "a\n\"b")).startsWith("2:1:");
        assertThat(data.error("csv_parse", "\"a\"b")).contains("closing quote");
    }

    @Test
    void paths_reach_into_tables() {
        var table = value(Map.of("s", List.of(Map.of("n", "web"))));
        assertThat(data.text("get_path", table, "s.1.n")).isEqualTo("web");
        assertThat(data.call("get_path", table, "s.2.n")).isEqualTo(Value.Nil.NIL);
        data.call("set_path", table, "s.1.port", 80);
        assertThat(data.text("get_path", table, "s/1/port", "/")).isEqualTo("80");
        var flat = data.call("flatten", table);
        assertThat(((DataTable) flat).at("s.1.n")).isEqualTo(value("web"));
        assertThat(data.call("unflatten", flat)).isEqualTo(table);
        assertThat(data.error("unflatten", Map.of("a", 1, "a.b", 2))).isNotNull();
        assertThat(
                        data.call(
                                "deep_merge",
                                Map.of("a", Map.of("x", 1)),
                                Map.of("a", Map.of("y", 2))))
                .isEqualTo(value(Map.of("a", Map.of("x", 1, "y", 2))));
    }

    @Test
    void what_is_written_reads_back_the_same() {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        for (int i = 0; i < 400; i++) {
            var some = random(random, 0);
            var where = "seed " + SEED + " round " + i + " " + some;
            assertThat(data.call("json_decode", data.text("json_encode", some)))
                    .as(where)
                    .isEqualTo(some);
            assertThat(data.call("yaml_decode", data.text("yaml_encode", some)))
                    .as(where)
                    .isEqualTo(some);
        }
    }

    private static Value random(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth > 3 ? 3 : 5)) {
            case 0 -> value(random.nextBoolean());
            case 1 -> value(random.nextBoolean() ? random.nextInt() : random.nextDouble(-1e9, 1e9));
            case 2 -> Text.of(words(random));
            case 3 -> {
                var list = new DataTable();
                int n = 1 + random.nextInt(4);
                for (int i = 1; i <= n; i++) {
                    list.put(new Value.Num(i), random(random, depth + 1));
                }
                yield list;
            }
            default -> {
                var table = new DataTable();
                int n = random.nextInt(4);
                for (int i = 0; i < n; i++) {
                    table.put("k" + words(random), random(random, depth + 1));
                }
                yield table;
            }
        };
    }

    private static String words(RandomGenerator random) {
        var pieces =
                List.of(
                        "a", " ", "\n", "é", "😀", "true", "1", ": ", "- ", "#", "\"", "'", "\\",
                        "\t", "{", "null", "\u0001", "~", "0x1", "\r", "\u0085", "<", "&");
        var text = new StringBuilder();
        int n = random.nextInt(5);
        for (int i = 0; i < n; i++) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }

    @Test
    void no_text_breaks_the_readers() {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        var seeds =
                List.of(
                        "{\"a\": [1, true, \"x\\u00e9\"]}", "a: &x [1, {b: *x}]\n<<: {c: |\n d}",
                        "<a b=\"c\"><![CDATA[x]]>&lt;<!-- c --></a>", "a,\"b\"\"c\"\n1,2\n");
        var readers = List.of("json_decode", "yaml_decode", "xml_decode", "csv_parse");
        int refused = 0;
        for (int i = 0; i < 6_000; i++) {
            var bytes = bytes(seeds.get(random.nextInt(seeds.size())));
            for (int j = random.nextInt(4); j >= 0; j--) {
                bytes[random.nextInt(bytes.length)] =
                        random.nextBoolean()
                                ? (byte) random.nextInt(256)
                                : (byte) "{}[]:,&*!<>\"'\n -|%@".charAt(random.nextInt(19));
            }
            for (var reader : readers) {
                var results = data.all(reader, Text.ofBytes(bytes));
                refused += results.size() == 2 ? 1 : 0;
            }
        }
        assertThat(refused).as("seed %d", SEED).isGreaterThan(1_000);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void one_long_scalar_of_yaml_is_read_in_time_that_grows_with_its_length() {
        int length = 8 << 20;
        assertThat(data.text("yaml_decode", "a".repeat(length))).hasSize(length);
    }

    @Test
    void messages_repeat_only_a_little_of_the_text_and_nothing_of_the_parser() {
        assertThat(data.error("yaml_decode", "k: " + "9".repeat(100_000))).hasSizeLessThan(200);
        assertThat(data.error("yaml_decode", "!" + "t".repeat(100_000) + " x"))
                .hasSizeLessThan(200);
        assertThat(data.error("json_decode", "{")).doesNotContain("Source").startsWith("1:2:");
        assertThat(data.error("json_decode", "[".repeat(200)))
                .isEqualTo("1:101: nests deeper than 100 levels");
    }

    @Test
    void reading_ends_when_the_script_is_being_stopped() {
        Thread.currentThread().interrupt();
        assertThat(data.error("yaml_decode", "[1, 2]")).contains("stopped");
        assertThat(data.error("json_decode", "[1, 2]")).contains("stopped");
        assertThat(Thread.interrupted()).as("for those who look after us").isTrue();
    }

    @Test
    void rows_by_name_or_with_holes_are_not_written_as_empty_lines() {
        assertThatThrownBy(() -> data.all("csv_generate", List.of(Map.of("a", 1))))
                .hasMessageContaining("rows[1] has fields by name or holes");
        assertThat(data.text("csv_generate", List.of(List.of("a", "b")))).isEqualTo("a,b\n");
    }
}
