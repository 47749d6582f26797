package dev.sloth.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Hundreds of snippets, answered by Debian's `lua5.1` and by this engine: the answers are equal,
/// but for those that `answers-that-differ.txt` gives a reason for.
class AnswersTest {
    @Test
    void snippets_have_the_answers_of_lua_5_1(@TempDir Path folder) throws Exception {
        List<String> snippets = Answerer.lines("answers.txt");
        List<String> differing = Answerer.lines("answers-that-differ.txt");
        var answerer = new Answerer(folder);
        List<String> theirs = answerer.theirs(snippets);
        List<String> ours = answerer.ours(snippets);
        assertThat(theirs).as("answers of lua5.1").hasSameSizeAs(snippets);
        List<String> wrong = new ArrayList<>();
        List<String> found = new ArrayList<>();
        for (int i = 0; i < snippets.size(); i++) {
            String snippet = snippets.get(i);
            if (snippet.startsWith("#") || ours.get(i).equals(theirs.get(i))) {
                continue;
            }
            found.add(snippet);
            if (!differing.contains(snippet)) {
                wrong.add(
                        "%s%n  lua5.1: %s%n  ours:   %s"
                                .formatted(snippet, theirs.get(i), ours.get(i)));
            }
        }
        assertThat(wrong).as("answers that differ without a reason").isEmpty();
        assertThat(found)
                .as("differences that have a reason but are none")
                .containsAll(differing.stream().filter(line -> !line.startsWith("#")).toList());
    }
}
