package dev.sloth.cli;

import dev.sloth.api.workflow.TimeText;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.TextTable;
import dev.sloth.wire.TokenSight;
import java.util.List;

/// `agent token list`: the tokens there are, without their secrets.
final class AgentTokenList implements Command {
    @Override
    public Spec spec() {
        return AgentFamily.child(
                "list",
                "Lists the tokens that were made, without what makes them work.",
                "",
                "A token is open, used up, expired, or revoked.");
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        List<TokenSight> tokens;
        try (var administration = AgentFamily.open(given)) {
            tokens = administration.tokens();
        }
        if (format == Format.TEXT) {
            var table = new TextTable("ID", "STATE", "USED", "REGION", "TAGS", "EXPIRES", "BY");
            for (var token : tokens) {
                table.row(
                        token.id(),
                        token.state(),
                        "%d of %d".formatted(token.used(), token.uses()),
                        AgentFamily.orDash(token.region()),
                        AgentFamily.orDash(String.join(",", token.tags())),
                        TimeText.of(token.expiresAt()),
                        token.madeBy());
            }
            given.caller().print(table.lines(ScreenWidth.ofTable(given.caller())));
        } else {
            var rows = tokens.stream().map(AgentTokenFamily::document).toList();
            given.caller().out().print(new Document().with("tokens", rows).as(format));
        }
        return Exit.OK;
    }
}
