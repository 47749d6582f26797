package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;

/// `secrets remove`: removes a secret, or one version of it.
final class SecretsRemove implements Command {
    @Override
    public Spec spec() {
        var spec =
                SecretsFamily.child(
                        "remove",
                        "Removes a secret with all its versions, or one of them.",
                        "",
                        "When there is none, the exit code is 1.");
        spec.addPositional(Specs.positionals("NAME", 1, 1, "The name of the secret."));
        spec.addOption(Specs.text("N", "This version only.", SecretsFamily.VERSION));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var name = given.positionals().getFirst();
        try (var secrets = SecretsFamily.open(given)) {
            secrets.vault().remove(SecretsFamily.space(given), name, SecretsFamily.version(given));
        }
        if (format == Format.TEXT) {
            given.caller().print("removed " + name);
        } else {
            given.caller().out().print(new Document().with("removed", name).as(format));
        }
        return Exit.OK;
    }
}
