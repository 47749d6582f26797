package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Letters of the command line that Java could not read, as its locale has none but those of ASCII:
/// what they were is lost.
final class LostLetters {
    private static final String LOST = "\uFFFD";

    private LostLetters() {}

    /// @throws Problems when a word has some
    static void check(List<String> words) {
        check(words, System.getProperty("sun.jnu.encoding", StandardCharsets.UTF_8.name()));
    }

    /// @param encoding how Java reads the command line
    static void check(List<String> words, String encoding) {
        if (encoding.equals(StandardCharsets.UTF_8.name())) {
            return;
        }
        words.stream()
                .filter(word -> word.contains(LOST))
                .findFirst()
                .ifPresent(word -> {
                    throw new Problems(
                            new Problem(
                                    "SLOTH-9001",
                                    "'%s' has letters that cannot be read in this locale"
                                            .formatted(word),
                                    Span.NOWHERE,
                                    "set LC_ALL=C.UTF-8, or another locale with UTF-8"));
                });
    }
}
