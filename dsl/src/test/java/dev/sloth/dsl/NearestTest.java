package dev.sloth.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.Nearest;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is proposed to those who mistype, in scripts and on the command line.
class NearestTest {
    private static final List<String> KNOWN = List.of("run", "validate", "plan", "-h");

    @Test
    void the_nearest_word_is_proposed_only_when_it_is_near() {
        assertThat(Nearest.to("vaildate", KNOWN)).contains("validate");
        assertThat(Nearest.to("rnu", KNOWN)).contains("run");
        assertThat(Nearest.to("ru", KNOWN)).contains("run");
        assertThat(Nearest.to("zzzzzz", KNOWN)).isEmpty();
    }

    @Test
    void words_that_share_no_letter_do_not_mean_each_other() {
        assertThat(Nearest.to("-x", KNOWN)).isEmpty();
        assertThat(Nearest.to("-H", KNOWN)).contains("-h");
    }

    @Test
    void what_is_far_too_long_is_not_compared() {
        assertThat(Nearest.to("validate".repeat(1_000), KNOWN)).isEmpty();
    }

    @Test
    void a_hint_follows_a_message_or_stands_for_a_remedy() {
        assertThat(Nearest.hint("vaildate", KNOWN)).isEqualTo(", did you mean 'validate'?");
        assertThat(Nearest.hint("zzzzzz", KNOWN)).isEmpty();
        assertThat(Nearest.hint("rnu", KNOWN, "see help")).isEqualTo("did you mean 'run'?");
        assertThat(Nearest.hint("zzzzzz", KNOWN, "see help")).isEqualTo("see help");
    }
}
