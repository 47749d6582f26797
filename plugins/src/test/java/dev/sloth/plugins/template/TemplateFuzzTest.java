package dev.sloth.plugins.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.testing.Caller;
import dev.sloth.plugins.testing.TestHost;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// Broken templates end with a message that names the place, and with nothing else.
class TemplateFuzzTest {
    private static final int TEMPLATES = 2_000;
    private static final int MUTATIONS_MAX = 4;
    private static final long SEED = 20_261_123;

    private static final List<String> WHOLE =
            List.of(
                    "Hello {{ name | upper }}, {{ none | default \"you|\" }}!",
                    "{{ if name }}a{{ else }}b{{ end }}{{ if not none }}c{{ end }}",
                    "{{ for i in list }}{{ i.p }}:{{ i.q.r | json | trim }}\n{{ end }}",
                    "{{ for i in list }}{{ for j in list }}{{ if j.p }}{{ i.p }}{{ end }}{{ end }}"
                            + "{{ end }}",
                    "{{ list.1.p }} {{ list | json }} {{ deep }} {{ fn }}");

    private static final List<String> PIECES =
            List.of(
                    "{{",
                    "}}",
                    "{",
                    "}",
                    "{{ end }}",
                    "{{ else }}",
                    "{{ if ",
                    "{{ for ",
                    " in ",
                    "not ",
                    "|",
                    "\"",
                    ".",
                    "..",
                    "0",
                    "99999999999",
                    "list",
                    "name",
                    "none",
                    "fn",
                    "json",
                    "default",
                    "default \"",
                    "\n",
                    "\u0000",
                    "é",
                    "\ud800",
                    "\t",
                    " ");

    @Test
    void mutated_templates_give_a_text_or_a_message_with_a_place() {
        var chance = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        var template = new Caller(TemplateModule.module(), new TestHost());
        var vars = vars();
        int good = 0;
        int bad = 0;
        for (int i = 0; i < TEMPLATES; i++) {
            var text = mutated(chance);
            var results = template.all("render", text, vars);
            var where = "seed " + SEED + ", template " + i + ": " + text;
            if (results.getFirst() == Value.Nil.NIL) {
                assertThat(Caller.plain(results.get(1))).as(where).matches("(?s)\\d+:\\d+: .+");
                bad++;
            } else {
                assertThat(results).as(where).hasSize(1).first().isInstanceOf(Text.class);
                good++;
            }
        }
        // neither outcome is rare, so both kinds of path were walked
        assertThat(good).isGreaterThan(TEMPLATES / 20);
        assertThat(bad).isGreaterThan(TEMPLATES / 4);
    }

    private static Value vars() {
        var fn = Caller.function(_ -> List.of());
        return Caller.value(
                Map.of(
                        "name",
                        "sloth",
                        "list",
                        List.of(Map.of("p", 1, "q", Map.of("r", true)), Map.of("p", "x")),
                        "deep",
                        List.of(List.of(List.of(List.of()))),
                        "fn",
                        fn));
    }

    private static String mutated(RandomGenerator chance) {
        var text = new StringBuilder(WHOLE.get(chance.nextInt(WHOLE.size())));
        for (int n = chance.nextInt(1, MUTATIONS_MAX + 1); n > 0; n--) {
            int at = chance.nextInt(text.length() + 1);
            switch (chance.nextInt(4)) {
                case 0 -> text.insert(at, PIECES.get(chance.nextInt(PIECES.size())));
                case 1 -> text.delete(at, Math.min(text.length(), at + chance.nextInt(1, 6)));
                case 2 -> text.insert(at, WHOLE.get(chance.nextInt(WHOLE.size())));
                default -> text.insert(at, text.substring(chance.nextInt(at + 1), at));
            }
        }
        return text.toString();
    }
}
