package dev.sloth.cli;

import dev.sloth.api.workflow.FileTrouble;
import dev.sloth.api.workflow.Problems;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;

/// `state import`: brings back what was exported.
final class StateImport implements Command {
    private static final String STANDARD_INPUT = "-";

    @Override
    public Spec spec() {
        var spec =
                StateFamily.child(
                        "import",
                        "Sets all keys of a document that was exported, or none of them.",
                        "",
                        "What is there under those keys is replaced, other keys stay. Times to live"
                                + " count from now. For example: `sloth-runner state import"
                                + " state.json --namespace copy`.");
        spec.addPositional(
                Specs.positionals("FILE", 1, 1, "The document; `-` for the standard input."));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var held = StateDocument.read(bytes(given));
        try (var state = StateFamily.open(given)) {
            state.hold(held);
        }
        if (format == Format.TEXT) {
            given.caller().print("imported " + held.size());
        } else {
            given.caller().out().print(new Document().with("imported", held.size()).as(format));
        }
        return Exit.OK;
    }

    private static byte[] bytes(Given given) {
        var word = given.positionals().getFirst();
        try {
            if (word.equals(STANDARD_INPUT)) {
                return read(given.caller().in());
            }
            try (var file = Files.newInputStream(given.caller().folder().resolve(word))) {
                return read(file);
            }
        } catch (IOException | InvalidPathException e) {
            throw unreadable(word, FileTrouble.words(e));
        }
    }

    private static Problems unreadable(String word, String why) {
        return StateProblems.unreadable(
                "cannot read '%s': %s".formatted(word, why),
                "name a file that `sloth-runner state export` has written");
    }

    private static byte[] read(InputStream in) throws IOException {
        return in.readNBytes(StateDocument.BOUNDS.bytes() + 1);
    }
}
