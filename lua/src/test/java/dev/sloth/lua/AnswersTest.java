package dev.sloth.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.sloth.lua.value.Budget;
import dev.sloth.lua.value.Grants;
import dev.sloth.lua.value.LuaFunction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Hundreds of snippets, answered by Debian's `lua5.1` and by this engine: the answers are equal,
/// but for those that `answers-that-differ.txt` gives a reason for.
class AnswersTest {
    @TempDir Path folder;

    @Test
    void snippets_have_the_answers_of_lua_5_1() throws Exception {
        List<String> snippets = lines("answers.txt");
        List<String> differing = lines("answers-that-differ.txt");
        List<String> theirs = theirs();
        List<String> ours = ours(snippets);
        assertThat(theirs).as("answers of lua5.1").hasSameSizeAs(snippets);
        List<String> wrong = new ArrayList<>();
        List<String> found = new ArrayList<>();
        for (int i = 0; i < snippets.size(); i++) {
            String snippet = snippets.get(i);
            if (snippet.startsWith("#") || ours.get(i).equals(Wording.of(theirs.get(i)))) {
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

    private List<String> theirs() throws IOException {
        Path answerer = copied("answers.lua");
        Path snippets = copied("answers.txt");
        Process process;
        try {
            process =
                    new ProcessBuilder("lua5.1", answerer.toString(), snippets.toString())
                            .redirectErrorStream(true)
                            .start();
        } catch (IOException e) {
            return fail("lua5.1 is not there: install the Debian package lua5.1", e);
        }
        byte[] output = process.getInputStream().readAllBytes();
        return new String(output, StandardCharsets.UTF_8).lines().toList();
    }

    private static List<String> ours(List<String> snippets) throws IOException {
        Script answerer =
                switch (Script.compile("answers.lua", resource("answers.lua"))) {
                    case Script.Outcome.Ready(var script) -> script;
                    case Script.Outcome.Wrong(var errors) -> fail(errors.toString());
                };
        try (Lua lua = Lua.newState(Budget.DEFAULT, Grants.of("os"))) {
            LuaFunction answer = (LuaFunction) lua.run(answerer).getFirst();
            return snippets.stream()
                    .map(snippet -> lua.call(answer, snippet).getFirst().toString())
                    .toList();
        }
    }

    private static List<String> lines(String name) throws IOException {
        return new String(resource(name), StandardCharsets.UTF_8).lines().toList();
    }

    private Path copied(String name) throws IOException {
        return Files.write(folder.resolve(name), resource(name));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(AnswersTest.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }
}
