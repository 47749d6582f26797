package dev.sloth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who gives a word that is far too long gets its beginning back, and not all of it.
@Timeout(60)
class LongWordsTest {
    private static final String HUGE = "x".repeat(1_000_000);

    @TempDir private Path folder;

    private void brief(String... words) {
        var answer = new Door(folder).call(words);
        var asked = List.of(words).toString().substring(0, 30);
        assertThat(answer.exit()).as(asked).isNotZero();
        assertThat(answer.out() + answer.err())
                .as(asked)
                .hasSizeBetween(20, 2_000)
                .contains("xxx...");
    }

    @Test
    void wherever_a_word_stands_only_its_beginning_is_shown() {
        brief(HUGE);
        brief("help", HUGE);
        brief("runs", HUGE);
        brief("runs", "list", "--" + HUGE);
        brief("runs", "list", "-o", HUGE);
        brief("runs", "list", "--output=" + HUGE);
        brief("runs", "list", "-o", "json", "--since", HUGE);
        brief("runs", "show", HUGE);
        brief("version", HUGE);
        brief("secrets", "get", "a", "--version", HUGE);
        brief("schedule", "next", HUGE);
        brief("run", "a.sloth", "--max-parallel", HUGE);
        brief("run", "a.sloth", "--max-parallel=" + HUGE, "-o", "json");
        brief("config", "get", HUGE);
        brief("runs", "list", "--limit", HUGE);
    }

    @Test
    void a_word_of_usual_length_is_shown_whole() {
        var name = "y".repeat(250);
        var answer = new Door(folder).call("runs", "list", "--since", name);
        assertThat(answer.err()).contains(name);
    }
}
