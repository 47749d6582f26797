package dev.sloth.agent.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/// The small shell script that stands between us and a recorded command. It outlives us, copies
/// outputs to files, and writes down that the command started and how it ended.
final class Shim {
    private static final String NAME = "sloth-shim";

    /// Other variables are lost in the plainest of shells.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private static final String TEXT = read();

    private final String cat = Tool.find("cat").toString();
    private final String sleep = Tool.find("sleep").toString();

    private static String read() {
        try (var in = Objects.requireNonNull(Shim.class.getResourceAsStream("shim.sh"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("our own script cannot be read", e);
        }
    }

    /// The words before a command line that run it under the shim.
    ///
    /// @param variables the names that the command's environment will have
    List<String> words(CommandRecord record, Collection<String> variables) throws IOException {
        var shell =
                variables.stream().allMatch(name -> PLAIN.matcher(name).matches()) ? "sh" : "bash";
        var folder = record.folder().toString();
        var boot = ProcessIdentity.bootHere();
        return List.of(Tool.find(shell).toString(), "-c", TEXT, NAME, folder, boot, cat, sleep);
    }
}
