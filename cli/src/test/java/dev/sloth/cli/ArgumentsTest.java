package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static Arguments parse(String... words) {
        return Arguments.parse(spec(), "sloth-runner try", List.of(words));
    }

    private static Spec spec() {
        var spec = Specs.command("try", "Tries.");
        spec.addOption(Specs.many("X", "Several.", "-m", "--many"));
        spec.addOption(Specs.text("X", "One.", "--one"));
        spec.addPositional(Specs.positionals("WORD", 0, 2, "Words."));
        return spec;
    }

    private static void wrong(String message, String... words) {
        assertThatThrownBy(() -> parse(words))
                .isInstanceOf(Problems.class)
                .hasMessageContaining(message);
    }

    @Test
    void values_stand_behind_a_space_or_an_equals_sign() {
        var arguments = parse("--many", "a", "-m=b", "--many=c=d", "-m", "-1", "--one=");
        assertThat(arguments.values("-m")).containsExactly("a", "b", "c=d", "-1");
        assertThat(arguments.values("--one")).containsExactly("");
        assertThat(arguments.values("--many")).isEqualTo(arguments.values("-m"));
    }

    @Test
    void words_and_options_mix_until_two_dashes() {
        var arguments = parse("a", "-v", "--", "--one");
        assertThat(arguments.positionals()).containsExactly("a", "--one");
        assertThat(arguments.has("--verbose")).isTrue();
        assertThat(arguments.has("--one")).isFalse();
        assertThat(parse("-").positionals()).containsExactly("-");
    }

    @Test
    void what_is_wrong_is_told() {
        wrong("--one needs a value: X", "--one");
        wrong("--one needs a value: X", "--one", "--many", "a");
        wrong("--verbose takes no value", "--verbose=yes");
        wrong("there is no option '--on'", "--on", "x");
        wrong("there is no option '-x'", "-x");
        wrong("nothing is known to do with 'c'", "a", "b", "c");
    }

    @Test
    void one_letter_is_not_taken_for_another() {
        var spec = Specs.command("try", "Tries.");
        assertThat(Arguments.read(spec, "sloth-runner try", List.of("-x", "-V", "--h")).problems())
                .extracting(Problem::remedy)
                .containsExactly(
                        "try `sloth-runner try --help`",
                        "did you mean '-v'?",
                        "did you mean '-h'?");
    }

    @Test
    void too_few_words_are_told() {
        var spec = Specs.command("try", "Tries.");
        spec.addPositional(Specs.positionals("WORD", 1, Spec.Positionals.MANY, "Words."));
        assertThatThrownBy(() -> Arguments.parse(spec, "sloth-runner try", List.of("-v")))
                .isInstanceOf(Problems.class)
                .hasMessageContaining("give it WORD");
    }

    private static Spec commanding() {
        var spec = Specs.command("try", "Tries.");
        spec.addOption(Specs.text("X", "One.", "--one"));
        spec.addPositional(Specs.positionals("NAME COMMAND...", 2, 99, "Words."));
        spec.commandBehind(1);
        return spec;
    }

    private static Arguments commanded(String... words) {
        return Arguments.read(commanding(), "sloth-runner try", List.of(words));
    }

    @Test
    void a_command_begins_at_its_first_word_that_is_no_option() {
        var arguments = commanded("web1", "--one", "a", "-v", "ls", "--one", "b", "--", "-x");
        assertThat(arguments.problems()).isEmpty();
        assertThat(arguments.positionals()).containsExactly("web1", "ls", "--one", "b", "--", "-x");
        assertThat(arguments.values("--one")).containsExactly("a");
        assertThat(arguments.has("-v")).isTrue();
        assertThat(commanded("web1", "-v", "--", "-ls", "--", "-v").positionals())
                .containsExactly("web1", "-ls", "--", "-v");
        assertThat(commanded("--one=a", "web1", "ls", "-v").has("-v")).isFalse();
    }

    @Test
    void an_unknown_option_before_a_command_is_told_with_the_two_dashes_it_may_lack() {
        for (var words : List.of(List.of("web1", "--two", "ls"), List.of("--two", "web1", "ls"))) {
            var problems = commanded(words.toArray(String[]::new)).problems();
            assertThat(problems).hasSize(1);
            assertThat(problems.getFirst().message()).isEqualTo("there is no option '--two'");
            assertThat(problems.getFirst().remedy()).contains("write -- before the command");
        }
    }
}
