package dev.sloth.cli;

/// `access change`: gives somebody another role.
final class AccessChange implements Command {
    @Override
    public Spec spec() {
        var spec =
                AgentFamily.child(
                        "change",
                        "Gives somebody another role.",
                        "",
                        "It holds from their next call on, with the credentials that they have.");
        spec.addOption(AccessFamily.role("What they may do."));
        spec.addPositional(Specs.positionals("NAME", 1, 1, AccessFamily.NAME));
        return spec;
    }

    @Override
    public int run(Given given) {
        if (!given.has(AccessFamily.ROLE)) {
            throw StateFamily.wrong("say which role", "add --role admin|operator|viewer");
        }
        try (var administration = AgentFamily.open(given)) {
            var access =
                    administration.changeAccess(
                            given.positionals().getFirst(), given.text(AccessFamily.ROLE, ""));
            return AccessFamily.answer(
                    given, access, "%s is %s now".formatted(access.name(), access.role()));
        }
    }
}
