package dev.sloth.lua;

import static org.assertj.core.api.Assertions.fail;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A process of Debian's `lua5.1` that runs whole programs, one after the other.
final class Peer implements AutoCloseable {
    private final Process process;
    private final InputStream answers;

    /// @param driver the script that runs them
    Peer(Path driver) {
        try {
            process =
                    new ProcessBuilder("lua5.1", driver.toString())
                            .redirectErrorStream(true)
                            .start();
            answers = new BufferedInputStream(process.getInputStream());
        } catch (IOException e) {
            throw new AssertionError("lua5.1 is not there: install the Debian package lua5.1", e);
        }
    }

    /// All that a program prints, and how it ends.
    String run(String program) throws IOException {
        var bytes = program.getBytes(StandardCharsets.ISO_8859_1);
        var out = process.getOutputStream();
        out.write((bytes.length + "\n").getBytes(StandardCharsets.ISO_8859_1));
        out.write(bytes);
        out.flush();
        int length = length();
        return new String(answers.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    private int length() throws IOException {
        var digits = new StringBuilder();
        for (int c = answers.read(); c != '\n'; c = answers.read()) {
            if (c < '0' || c > '9') {
                var rest = new String(answers.readAllBytes(), StandardCharsets.ISO_8859_1);
                return fail("lua5.1 said '%s%c%s'", digits, c, rest);
            }
            digits.append((char) c);
        }
        return Integer.parseInt(digits.toString());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
