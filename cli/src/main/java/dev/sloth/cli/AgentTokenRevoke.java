package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;

/// `agent token revoke`: makes a token useless.
final class AgentTokenRevoke implements Command {
    @Override
    public Spec spec() {
        var spec =
                AgentFamily.child(
                        "revoke",
                        "Makes a token useless; agents that joined with it stay.",
                        "",
                        "Asks nothing.");
        spec.addPositional(
                Specs.positionals("ID", 1, 1, "The id of the token, the word behind slj_."));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        try (var administration = AgentFamily.open(given)) {
            var token = administration.revokeToken(given.positionals().getFirst());
            if (format == Format.TEXT) {
                given.caller().print("revoked " + token.id());
            } else {
                given.caller().out().print(new Document().with("revoked", token.id()).as(format));
            }
        }
        return Exit.OK;
    }
}
