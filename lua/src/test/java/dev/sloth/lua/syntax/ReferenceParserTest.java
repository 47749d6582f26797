package dev.sloth.lua.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.sloth.testkit.Gen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Broken scripts, looked at by our parser and by Debian's `lua5.1`: both accept or both refuse,
/// and our first error is the one Lua stops at.
class ReferenceParserTest {
    private static final int SCRIPTS = 10_000;

    /// What we say more often than the reference does.
    private static final String OPENER = " \\(to close [^)]* at line \\d+\\)";

    /// Writes per script the length and the script; the reference answers with a line for each.
    private static final String REFEREE =
            """
            local input = io.open(arg[1], 'rb')
            while true do
              local length = input:read('*l')
              if not length then break end
              local text = length == '0' and '' or input:read(tonumber(length))
              local f, message = loadstring(text, '=c')
              print(f and 'ok' or message:gsub('[\\r\\n]', ' '):sub(1, 200))
            end
            """;

    @TempDir Path folder;

    @Test
    void the_same_scripts_are_accepted_with_the_same_first_error() throws Exception {
        List<byte[]> scripts = new ArrayList<>(Scripts.bytes());
        Gen gen = new Gen(SCRIPTS, Gen.SIZE_MAX);
        while (scripts.size() < SCRIPTS) {
            byte[] script = new Mutation(gen).script();
            if (isPlain(script)) {
                scripts.add(script);
            }
        }
        List<String> answers = reference(scripts);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < scripts.size(); i++) {
            String ours = ours(scripts.get(i));
            if (!isSame(ours, answers.get(i))) {
                differences.add(
                        "%s%n  lua5.1: %s%n  ours:   %s"
                                .formatted(
                                        new String(scripts.get(i), StandardCharsets.UTF_8),
                                        answers.get(i),
                                        ours));
            }
        }
        assertThat(differences).isEmpty();
    }

    /// Without what we have and the reference has not, or shows differently: empty statements,
    /// later escapes, labels, nested long brackets, and bytes that are no ASCII.
    private static boolean isPlain(byte[] script) {
        String text = new String(script, StandardCharsets.ISO_8859_1);
        return !text.matches("(?s).*(;|\\\\|::|\\[\\[.*\\[\\[|[^\\x09\\x0a\\x20-\\x7e]|#!).*");
    }

    /// Apart from where we do better: we name more openers, cut long tokens, and put the error of a
    /// token of several lines on its first one.
    private static boolean isSame(String ours, String answer) {
        String plain = answer.contains("to close") ? ours : ours.replaceFirst(OPENER, "");
        if (plain.endsWith("...'")) {
            return answer.startsWith(plain.substring(0, plain.length() - 4));
        }
        return plain.contains("near '[[")
                ? plain.replaceFirst(":\\d+:", "").equals(answer.replaceFirst(":\\d+:", ""))
                : plain.equals(answer);
    }

    private static String ours(byte[] script) {
        return switch (Parser.parse("c", script)) {
            case Parsed.Ok _ -> "ok";
            case Parsed.Bad(var errors, _) ->
                    "c:%d: %s"
                            .formatted(
                                    errors.getFirst().span().line(),
                                    errors.getFirst().message().replace('\n', ' '));
        };
    }

    private List<String> reference(List<byte[]> scripts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] script : scripts) {
            all.writeBytes((script.length + "\n").getBytes(StandardCharsets.US_ASCII));
            all.writeBytes(script);
        }
        // the line break that '*l' takes after a script of no bytes is its own
        Path input = Files.write(folder.resolve("scripts"), all.toByteArray());
        Path referee = Files.writeString(folder.resolve("referee.lua"), REFEREE);
        Process process;
        try {
            process =
                    new ProcessBuilder("lua5.1", referee.toString(), input.toString())
                            .redirectErrorStream(true)
                            .start();
        } catch (IOException e) {
            return fail("lua5.1 is not there: install the Debian package lua5.1", e);
        }
        byte[] output = process.getInputStream().readAllBytes();
        return new String(output, StandardCharsets.UTF_8).lines().toList();
    }
}
