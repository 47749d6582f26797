package dev.sloth.cli;

import dev.sloth.api.secret.Secret;
import dev.sloth.api.value.Text;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import java.util.Arrays;

/// `secrets get`: shows one value to whoever asks for it.
final class SecretsGet implements Command {
    private static final String EXACT = "--exact";

    @Override
    public Spec spec() {
        var spec =
                SecretsFamily.child(
                        "get",
                        "Shows the value of a secret, byte by byte, and ends the line.",
                        "",
                        "When there is none, the exit code is 1.");
        spec.addPositional(Specs.positionals("NAME", 1, 1, "The name of the secret."));
        spec.addOption(
                Specs.text("N", "This version; the newest unless said.", SecretsFamily.VERSION));
        spec.addOption(Specs.flag("Shows the value alone, without an end of the line.", EXACT));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var name = given.positionals().getFirst();
        try (var secrets = SecretsFamily.open(given);
                var value =
                        secrets.vault()
                                .get(
                                        SecretsFamily.space(given),
                                        name,
                                        SecretsFamily.version(given))) {
            show(given, format, name, value);
        }
        return Exit.OK;
    }

    private static void show(Given given, Format format, String name, Secret value) {
        byte[] bytes = value.bytes();
        var caller = given.caller();
        if (format != Format.TEXT) {
            var document =
                    new Document()
                            .with("name", name)
                            .with("value", ExactValue.written(Text.ofBytes(bytes)));
            caller.out().print(document.as(format));
        } else if (caller.outTerminal()) {
            StateText.print(caller, Text.ofBytes(bytes));
        } else {
            caller.out().write(bytes, 0, bytes.length);
            if (!given.has(EXACT)) {
                caller.print("");
            }
        }
        caller.out().flush();
        Arrays.fill(bytes, (byte) 0);
    }
}
