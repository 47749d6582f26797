package dev.sloth.cli;

import dev.sloth.api.workflow.TimeText;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.TextTable;
import dev.sloth.wire.AccessSight;
import java.util.List;

/// `access list`: all who were given access.
final class AccessList implements Command {
    @Override
    public Spec spec() {
        return AgentFamily.child("list", "Lists who was given access.");
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        List<AccessSight> all;
        try (var administration = AgentFamily.open(given)) {
            all = administration.allAccess();
        }
        if (format == Format.TEXT) {
            given.caller().print(table(all).lines(ScreenWidth.ofTable(given.caller())));
        } else {
            var rows = all.stream().map(AccessFamily::document).toList();
            given.caller().out().print(new Document().with("access", rows).as(format));
        }
        return Exit.OK;
    }

    private static TextTable table(List<AccessSight> all) {
        var table = new TextTable("NAME", "ROLE", "STATE", "UNTIL", "MADE BY");
        for (var access : all) {
            table.row(
                    access.name(),
                    access.role(),
                    access.state(),
                    TimeText.of(access.expiresAt()),
                    access.madeBy());
        }
        return table;
    }
}
