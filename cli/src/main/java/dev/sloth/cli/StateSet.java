package dev.sloth.cli;

import dev.sloth.api.state.StateCommand;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.plugins.data.DocumentBounds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// `state set`: sets one value.
final class StateSet implements Command {
    private static final String IF_ABSENT = "--if-absent";
    private static final String JSON = "--json";
    private static final String STANDARD_INPUT = "-";

    @Override
    public Spec spec() {
        var spec =
                StateFamily.child(
                        "set",
                        "Sets the value of a key, which is text unless --json is given.",
                        "",
                        "A value that begins with a dash stands behind `--`. For example:"
                                + " `sloth-runner state set release/web 1.4.2 --ttl 1h`,"
                                + " `sloth-runner state set --json ports '[80, 443]'`.");
        spec.addPositional(
                Specs.positionals(
                        "KEY VALUE",
                        2,
                        2,
                        "The key and its value; `-` reads the value from the standard input, byte"
                                + " by byte."));
        spec.addOption(
                Specs.text(
                        "TIME",
                        "How long the value lives, such as 90s or 1h30m; for ever unless said.",
                        StateFamily.TTL));
        spec.addOption(
                Specs.flag("A value that is there stays; the exit code is 1 then.", IF_ABSENT));
        spec.addOption(
                Specs.text(
                        "N",
                        "Sets it only while the lock that was taken with this token is held.",
                        StateFamily.TOKEN));
        spec.addOption(Specs.flag("Reads the value as JSON.", JSON));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var key = given.positionals().getFirst();
        var ttl = StateFamily.time(given, StateFamily.TTL);
        var put = new StateCommand.Put(key, value(given), ttl, given.has(IF_ABSENT));
        var act = StateFamily.fenced(given, put);
        boolean done;
        try (var state = StateFamily.open(given)) {
            done = state.ask(act).done();
        }
        if (!done) {
            throw StateProblems.present(
                    "there is a value under '%s', which stays".formatted(key),
                    "without --if-absent it is replaced");
        }
        if (format == Format.TEXT) {
            given.caller().print("set " + key);
        } else {
            given.caller().out().print(new Document().with("set", key).as(format));
        }
        return Exit.OK;
    }

    private static Value value(Given given) {
        var word = given.positionals().getLast();
        byte[] bytes =
                word.equals(STANDARD_INPUT)
                        ? read(given.caller())
                        : word.getBytes(StandardCharsets.UTF_8);
        if (!given.has(JSON)) {
            return Text.ofBytes(bytes);
        }
        return JsonData.value("the value", bytes);
    }

    private static byte[] read(Caller caller) {
        try {
            byte[] bytes = caller.in().readNBytes(DocumentBounds.STANDARD.bytes() + 1);
            if (bytes.length > DocumentBounds.STANDARD.bytes()) {
                throw StateFamily.wrong(
                        "the standard input has more than %s"
                                .formatted(Sizes.text(DocumentBounds.STANDARD.bytes())),
                        "keep it in a file or an artifact");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the standard input", e);
        }
    }
}
