package dev.sloth.core.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sloth.api.workflow.Problems;
import dev.sloth.testkit.Gen;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SelectorTest {
    private static final Subject WEB =
            new Subject("web-1", "eu", List.of("web", "ssd", "rack=r1", "empty="));

    private static boolean fits(String expression) {
        return Selector.of(expression).fits(WEB);
    }

    @Test
    void fields_tags_and_labels_are_compared() {
        assertThat(fits("region == 'eu'")).isTrue();
        assertThat(fits("region == \"us\"")).isFalse();
        assertThat(fits("region != 'us'")).isTrue();
        assertThat(fits("name == 'web-1'")).isTrue();
        assertThat(fits("'web' in tags")).isTrue();
        assertThat(fits("'db' in tags")).isFalse();
        assertThat(fits("'db' not in tags")).isTrue();
        assertThat(fits("labels.rack == 'r1'")).isTrue();
        assertThat(fits("labels.rack != 'r1'")).isFalse();
        assertThat(fits("'rack=r1' in tags")).isTrue();
        assertThat(fits("region in ('us', 'eu')")).isTrue();
        assertThat(fits("region not in ('us','eu')")).isFalse();
        assertThat(fits("name matches 'web-*'")).isTrue();
        assertThat(fits("name not matches 'web-?'")).isFalse();
    }

    @Test
    void a_label_that_an_agent_does_not_have_is_empty() {
        assertThat(fits("labels.zone == ''")).isTrue();
        assertThat(fits("labels.zone != 'z1'")).isTrue();
        assertThat(fits("labels.empty == ''")).isTrue();
        assertThat(fits("labels.rac == ''")).isTrue();
        assertThat(fits("labels.rack != ''")).isTrue();
    }

    @Test
    void or_binds_less_than_and_and_that_less_than_not() {
        assertThat(fits("region == 'us' and 'web' in tags or name == 'web-1'")).isTrue();
        assertThat(fits("region == 'us' and ('web' in tags or name == 'web-1')")).isFalse();
        assertThat(fits("not region == 'us' and 'web' in tags")).isTrue();
        assertThat(fits("not (region == 'eu' and 'web' in tags)")).isFalse();
        assertThat(fits("not not 'web' in tags")).isTrue();
    }

    @Test
    void the_example_of_the_manual_means_what_it_says() {
        var text =
                "region == 'eu' and 'db' in tags and labels.rack != 'r1' and name matches 'web-*'";
        assertThat(fits(text)).isFalse();
        var other = new Subject("web-2", "eu", List.of("db", "rack=r2"));
        assertThat(Selector.of(text).fits(other)).isTrue();
    }

    @Test
    void stars_and_question_marks_match_as_in_a_shell() {
        for (var pattern : List.of("*", "web*", "*1", "w*b*1", "?eb-1", "web-1*", "**")) {
            assertThat(Glob.matches(pattern, "web-1")).as(pattern).isTrue();
        }
        for (var pattern : List.of("", "web", "*2", "?web-1", "web-?1", "w*c*1")) {
            assertThat(Glob.matches(pattern, "web-1")).as(pattern).isFalse();
        }
        assertThat(Glob.matches("*a".repeat(100), "a".repeat(4_000) + "b")).isFalse();
    }

    private static String refusal(String expression) {
        var problems = catchThrowableOfType(Problems.class, () -> Selector.of(expression));
        var problem = problems.list().getFirst();
        assertThat(problem.code()).isEqualTo(Selector.UNREADABLE);
        assertThat(problem.remedy()).isNotBlank();
        return problem.message() + "; " + problem.remedy();
    }

    @Test
    void what_cannot_be_read_is_told_with_its_column_and_what_to_write() {
        assertThat(refusal("region = 'eu'")).contains("column 8", "write ==");
        assertThat(refusal("region == eu")).contains("column 11", "a word in quotes");
        assertThat(refusal("region == 'eu' && name == 'x'")).contains("column 16", "write and");
        assertThat(refusal("regoin == 'eu'")).contains("column 1", "no 'regoin'", "labels.NAME");
        assertThat(refusal("tags == 'eu'")).contains("column 1", "'web' in tags");
        assertThat(refusal("'eu")).contains("column 1", "no end");
        assertThat(refusal("region == 'eu' name == 'x'")).contains("column 16", "'and', 'or'");
        assertThat(refusal("(region == 'eu'")).contains("column 16", "')'", "the end");
        assertThat(refusal("'db' in region")).contains("column 9", "'tags'");
        assertThat(refusal("region matches")).contains("column 15", "the end");
        assertThat(refusal("labels. == 'x'")).contains("column 1", "no 'labels.'");
        assertThat(refusal("name in ('a' 'b')")).contains("column 14");
        assertThat(refusal("name == 'a' \u0000")).contains("column 13");
        assertThat(refusal("and")).contains("column 1");
        assertThat(refusal(" ")).contains("says nothing");
        assertThat(refusal("'x' in tags or ".repeat(300) + "'x' in tags"))
                .contains("more than 4096");
        assertThat(refusal("(".repeat(70))).contains("more than 64", "column 65");
    }

    // ---- anything

    private static final Pattern COLUMN = Pattern.compile("from column ([0-9]+) on");

    private static final List<String> PIECES =
            List.of(
                    "and",
                    "or",
                    "not",
                    "in",
                    "matches",
                    "tags",
                    "name",
                    "region",
                    "labels.a",
                    "labels.",
                    "'a'",
                    "\"b\"",
                    "'",
                    "\"",
                    "(",
                    ")",
                    ",",
                    "==",
                    "!=",
                    "=",
                    "!",
                    " ",
                    "\t",
                    "\u00e9",
                    "\ud83d",
                    "\u0000",
                    "-",
                    ".",
                    "x9",
                    "*");

    @Test
    void whatever_is_written_is_read_or_told_with_a_column_within_it() {
        Gen.forAll(
                3_000,
                gen -> {
                    var text = String.join("", gen.list(gen.below(30), () -> gen.oneOf(PIECES)));
                    try {
                        var _ = Selector.of(text).fits(WEB);
                    } catch (Problems e) {
                        var message = e.list().getFirst().message();
                        var column = COLUMN.matcher(message);
                        if (column.find()) {
                            assertThat(Integer.parseInt(column.group(1)))
                                    .isBetween(1, text.length() + 1);
                        } else {
                            assertThat(text).isBlank();
                        }
                    }
                });
    }

    private static Clause clause(Gen gen, int depth) {
        var words = List.of("a", "b", "web", "eu", "it's", "");
        var fields = List.<Field>of(new Field.Name(), new Field.Region(), new Field.Label("rack"));
        if (depth > 0) {
            switch (gen.below(4)) {
                case 0 -> {
                    return new Clause.Not(clause(gen, depth - 1));
                }
                case 1 -> {
                    return new Clause.Both(several(gen, depth));
                }
                case 2 -> {
                    return new Clause.Either(several(gen, depth));
                }
                default -> {}
            }
        }
        return switch (gen.below(3)) {
            case 0 -> new Clause.Tagged(gen.oneOf(words));
            case 1 -> new Clause.Like(gen.oneOf(fields), gen.oneOf(words) + "*");
            default ->
                    new Clause.Among(
                            gen.oneOf(fields), gen.list(1 + gen.below(3), () -> gen.oneOf(words)));
        };
    }

    private static List<Clause> several(Gen gen, int depth) {
        var all = new ArrayList<Clause>();
        for (int i = 2 + gen.below(2); i > 0; i--) {
            all.add(clause(gen, depth - 1));
        }
        return all;
    }

    @Test
    void what_is_put_together_can_be_read_again_and_means_the_same() {
        Gen.forAll(
                2_000,
                gen -> {
                    var clause = clause(gen, gen.below(4));
                    var words = List.of("a", "b", "web", "eu", "it's", "rack=a", "rack=eu");
                    var subject =
                            new Subject(
                                    gen.oneOf(words),
                                    gen.oneOf(words),
                                    gen.list(gen.below(4), () -> gen.oneOf(words)));
                    var again = Selector.of(clause.text());
                    assertThat(again.fits(subject))
                            .as(clause.text())
                            .isEqualTo(clause.holds(subject));
                    assertThat(again.clause().text()).isEqualTo(clause.text());
                });
    }
}
