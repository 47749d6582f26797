package dev.sloth.cli;

/// `access revoke`: takes somebody's access away.
final class AccessRevoke implements Command {
    @Override
    public Spec spec() {
        var spec =
                AgentFamily.child(
                        "revoke",
                        "Takes somebody's access away, for ever.",
                        "",
                        "Asks nothing. It holds from their next call on, and what they have open"
                                + " ends within seconds. The name is free again.");
        spec.addPositional(Specs.positionals("NAME", 1, 1, AccessFamily.NAME));
        return spec;
    }

    @Override
    public int run(Given given) {
        try (var administration = AgentFamily.open(given)) {
            var access = administration.revokeAccess(given.positionals().getFirst());
            return AccessFamily.answer(given, access, "revoked " + access.name());
        }
    }
}
