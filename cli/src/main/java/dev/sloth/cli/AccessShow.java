package dev.sloth.cli;

import dev.sloth.api.workflow.TimeText;
import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.TextTable;

/// `access show`: what somebody may do, and until when.
final class AccessShow implements Command {
    @Override
    public Spec spec() {
        var spec = AgentFamily.child("show", "Shows what somebody may do, and until when.");
        spec.addPositional(Specs.positionals("NAME", 1, 1, AccessFamily.NAME));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        try (var administration = AgentFamily.open(given)) {
            var access = administration.access(given.positionals().getFirst());
            if (format != Format.TEXT) {
                given.caller().out().print(AccessFamily.document(access).as(format));
                return Exit.OK;
            }
            var table = new TextTable("ACCESS", access.name());
            table.row("role", access.role());
            table.row("state", access.state());
            table.row("until", TimeText.of(access.expiresAt()));
            table.row("made", TimeText.of(access.madeAt()) + " by " + access.madeBy());
            given.caller().print(table.lines(0));
        }
        return Exit.OK;
    }
}
