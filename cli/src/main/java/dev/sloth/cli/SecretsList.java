package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.TextTable;

/// `secrets list`: the secrets of a namespace, without their values.
final class SecretsList implements Command {
    @Override
    public Spec spec() {
        return SecretsFamily.child(
                "list", "Lists the secrets that there are, and never their values.");
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        try (var secrets = SecretsFamily.open(given)) {
            var all = secrets.vault().list(SecretsFamily.space(given));
            if (format == Format.TEXT) {
                var table = new TextTable("NAME", "VERSION", "KEPT", "SIZE", "SET");
                for (var each : all) {
                    var row = each.newest();
                    table.row(
                            row.name(),
                            Long.toString(row.version()),
                            Integer.toString(each.versions()),
                            Sizes.text(row.size()),
                            row.at().toString());
                }
                given.caller().print(table.lines(ScreenWidth.ofTable(given.caller())));
            } else {
                var rows =
                        all.stream()
                                .map(each ->
                                        new Document()
                                                .with("name", each.newest().name())
                                                .with("version", each.newest().version())
                                                .with("kept", each.versions())
                                                .with("size", each.newest().size())
                                                .with("set_at", each.newest().at().toString()))
                                .toList();
                given.caller().out().print(new Document().with("secrets", rows).as(format));
            }
        }
        return Exit.OK;
    }
}
