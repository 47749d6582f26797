package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.workflow.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;

class LostLettersTest {
    private static final List<String> WORDS = List.of("lua", "a.lua", "\uFFFD\uFFFD.lua");

    @Test
    void words_that_the_locale_cannot_say_are_refused_and_not_taken_for_others() {
        assertThatThrownBy(() -> LostLetters.check(WORDS, "ANSI_X3.4-1968"))
                .isInstanceOf(Problems.class)
                .hasMessageContaining("SLOTH-9001")
                .hasMessageContaining("\uFFFD\uFFFD.lua");
        LostLetters.check(WORDS.subList(0, 2), "ANSI_X3.4-1968");
    }

    @Test
    void where_all_letters_can_be_read_this_one_was_meant() {
        LostLetters.check(WORDS, "UTF-8");
    }
}
