package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.wire.TokenSight;
import java.util.List;

/// `agent token`: what agents join with.
final class AgentTokenFamily implements Command {
    @Override
    public Spec spec() {
        return Specs.command(
                "token",
                "Looks after the tokens that agents join with.",
                "",
                "For example: `sloth-runner agent token create --tags web --ttl 10m`.");
    }

    @Override
    public int run(Given given) {
        throw StateFamily.wrong("say what to do", "try `agent token list`");
    }

    @Override
    public List<Command> children() {
        return List.of(new AgentTokenCreate(), new AgentTokenList(), new AgentTokenRevoke());
    }

    static Document document(TokenSight token) {
        return new Document()
                .with("id", token.id())
                .with("state", token.state())
                .with("tags", token.tags())
                .with("region", token.region())
                .with("uses", token.uses())
                .with("used", token.used())
                .with("made_by", token.madeBy())
                .with("made_at", token.madeAt().toString())
                .with("expires_at", token.expiresAt().toString());
    }
}
