package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;

/// `secrets check`: looks whether all secrets are there, and can be read.
final class SecretsCheck implements Command {
    private static final String ACCEPT = "--accept";

    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "check",
                        "Looks whether all secrets of all namespaces are there and can be read.",
                        "",
                        "Rows that were taken away, added or put back outside of sloth-runner are"
                                + " found, and nothing of such a namespace is given out. With"
                                + " --accept, what is there now is taken for what should be.");
        spec.addOption(
                Specs.flag("Takes what is there for what should be, then looks at it.", ACCEPT));
        spec.addOption(Specs.format("text", "json", "yaml"));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        try (var secrets = SecretsFamily.open(given)) {
            if (given.has(ACCEPT)) {
                secrets.vault().accept();
            }
            var checked = secrets.vault().check();
            if (format == Format.TEXT) {
                given.caller()
                        .print(
                                "all is there: %d values in %d namespaces"
                                        .formatted(checked.values(), checked.spaces()));
            } else {
                given.caller()
                        .out()
                        .print(
                                new Document()
                                        .with("values", checked.values())
                                        .with("namespaces", checked.spaces())
                                        .as(format));
            }
        }
        return Exit.OK;
    }
}
