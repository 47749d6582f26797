package dev.sloth.cli;

import dev.sloth.api.secret.Secret;
import dev.sloth.api.workflow.FileTrouble;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.core.security.secret.SecretProblems;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.Arrays;
import java.util.Optional;

/// `secrets set`: keeps a new version of one secret.
final class SecretsSet implements Command {
    private static final String FROM_FILE = "--from-file";
    private static final String EXACT = "--exact";

    @Override
    public Spec spec() {
        var spec =
                SecretsFamily.child(
                        "set",
                        "Keeps a new version of a secret, asked for on the terminal or read from the"
                                + " standard input.",
                        "",
                        "There is no way to give a value as an argument: others can see those, and"
                                + " shells remember them. For example: `sloth-runner secrets set"
                                + " api_token < token.txt`.");
        spec.addPositional(Specs.positionals("NAME", 1, 1, "The name of the secret."));
        spec.addOption(Specs.text("FILE", "Reads the value from a file, byte by byte.", FROM_FILE));
        spec.addOption(
                Specs.flag(
                        "Keeps the end of the last line of the standard input, which is left out"
                                + " otherwise.",
                        EXACT));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var name = given.positionals().getFirst();
        int most = given.layers().config().secrets().maxValue();
        long version;
        try (var value = value(given, name, most);
                var secrets = SecretsFamily.open(given)) {
            version = secrets.vault().set(SecretsFamily.space(given), name, value);
        }
        if (format == Format.TEXT) {
            given.caller().print("set %s, version %d".formatted(name, version));
        } else {
            given.caller()
                    .out()
                    .print(new Document().with("set", name).with("version", version).as(format));
        }
        return Exit.OK;
    }

    private static Secret value(Given given, String name, int most) {
        if (given.has(FROM_FILE)) {
            return Secret.of(file(given, given.text(FROM_FILE, ""), most));
        }
        var console = terminal(given.caller());
        if (console.isPresent()) {
            return asked(console.get(), name);
        }
        byte[] bytes = read(given.caller().in(), most + 1);
        boolean cut = !given.has(EXACT) && bytes.length > 0 && bytes[bytes.length - 1] == '\n';
        var value = Secret.of(cut ? Arrays.copyOf(bytes, bytes.length - 1) : bytes.clone());
        Arrays.fill(bytes, (byte) 0);
        return value;
    }

    /// Only of the process itself: whoever calls with a stream of their own is no terminal.
    @SuppressWarnings("ReferenceEquality") // the very stream is what is asked for
    private static Optional<Console> terminal(Caller caller) {
        return caller.in() == System.in
                ? Optional.ofNullable(System.console()).filter(Console::isTerminal)
                : Optional.empty();
    }

    private static Secret asked(Console console, String name) {
        char[] first = console.readPassword("value of %s: ", name);
        char[] again = console.readPassword("once more: ");
        if (first == null || again == null || !Arrays.equals(first, again)) {
            throw StateFamily.wrong("the two values are not the same", "try again");
        }
        var bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(first));
        var value = new byte[bytes.remaining()];
        bytes.get(value);
        Arrays.fill(first, ' ');
        Arrays.fill(again, ' ');
        return Secret.of(value);
    }

    /// One byte more than may be, so that too much is told from just enough.
    static byte[] file(Given given, String word, int most) {
        try (var in = Files.newInputStream(given.caller().folder().resolve(word))) {
            return in.readNBytes(most + 1);
        } catch (IOException | InvalidPathException e) {
            throw SecretProblems.of(
                    "SLOTH-4510",
                    "cannot read '%s': %s".formatted(word, FileTrouble.words(e)),
                    "name a file that is there and that you may read");
        }
    }

    static byte[] read(InputStream in, int most) {
        try {
            return in.readNBytes(most + 1);
        } catch (IOException e) {
            throw SecretProblems.of(
                    "SLOTH-4510",
                    "cannot read the standard input: " + FileTrouble.words(e),
                    "name a file");
        }
    }
}
