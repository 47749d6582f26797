package dev.sloth.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// `version`: which program this is. Also answers `--version`, before anything else is loaded.
final class VersionCommand implements Command {
    private static final String UNKNOWN = "unknown";

    static boolean asked(String word) {
        return word.equals("--version") || word.equals("-V") || word.equals("version");
    }

    @Override
    public Spec spec() {
        return Specs.command("version", "Shows the version of the program and of Java.");
    }

    @Override
    public int run(Given given) {
        return print(given.caller());
    }

    static int print(Caller caller) {
        var commit = commit();
        caller.print(
                "sloth-runner "
                        + version()
                        + (commit.equals(UNKNOWN) ? "" : " (" + commit + ")")
                        + ", Java "
                        + Runtime.version());
        return Exit.OK;
    }

    static String version() {
        return built(0);
    }

    /// The git commit it was built from, if the build was told.
    static String commit() {
        return built(1);
    }

    /// A line of what the build wrote down; a variable nobody set stays as it was written.
    private static String built(int line) {
        try (var in = VersionCommand.class.getResourceAsStream("build.txt")) {
            if (in == null) {
                return UNKNOWN;
            }
            List<String> lines =
                    new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            var value = line < lines.size() ? lines.get(line).strip() : "";
            return value.isEmpty() || value.startsWith("${") ? UNKNOWN : value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
