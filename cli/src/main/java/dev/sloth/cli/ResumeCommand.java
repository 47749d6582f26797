package dev.sloth.cli;

/// `resume`: goes on with a run whose owner is gone, or that waited for a decision.
final class ResumeCommand implements Command {
    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "resume",
                        "Goes on with a run that has not ended.",
                        "",
                        "It goes on from exactly where it was, with the script and the values that"
                                + " it was submitted with, also when the files have changed since.");
        spec.addPositional(
                Specs.positionals(
                        "RUN", 1, 1, "Its id, the beginning of one, or `last` for the newest."));
        spec.addOption(Specs.format("text", "json", "yaml"));
        return Specs.withSettings(spec);
    }

    @Override
    public int run(Given given) throws InterruptedException {
        return Resuming.named(given, given.documentFormat(), given.positionals().getFirst());
    }
}
