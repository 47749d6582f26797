package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.wire.AccessSight;
import java.util.List;

/// `access`: who may call a master, and as what.
final class AccessFamily implements Command {
    static final String NAME = "Their name.";
    static final String ROLE = "--role";

    @Override
    public Spec spec() {
        return Specs.command(
                "access",
                "Looks after who may call a master, and as what.",
                "",
                "An admin may do everything, an operator looks after agents, a viewer only"
                        + " looks. Whoever has the admin's credentials that a master made"
                        + " at its first start is an admin.",
                "",
                "For example: `sloth-runner access create ann --role operator --file ann.pem`.");
    }

    @Override
    public int run(Given given) {
        throw StateFamily.wrong("say what to do", "try `access list`");
    }

    @Override
    public List<Command> children() {
        return List.of(
                new AccessCreate(),
                new AccessList(),
                new AccessShow(),
                new AccessChange(),
                new AccessRevoke());
    }

    static Document document(AccessSight access) {
        return new Document()
                .with("name", access.name())
                .with("role", access.role())
                .with("state", access.state())
                .with("made_by", access.madeBy())
                .with("made_at", access.madeAt().toString())
                .with("expires_at", access.expiresAt().toString());
    }

    /// A line for people, or all of it for programs.
    static int answer(Given given, AccessSight access, String line) {
        var format = given.documentFormat();
        if (format == Format.TEXT) {
            given.caller().print(line);
        } else {
            given.caller().out().print(document(access).as(format));
        }
        return Exit.OK;
    }

    /// A new one each time, as options are.
    static Spec.Opt role(String doc) {
        var roles = List.of("admin", "operator", "viewer");
        return new Spec.Opt(List.of(ROLE), String.join("|", roles), false, roles, doc);
    }
}
