package dev.sloth.cli;

/// `agent run`: has one agent do a command.
final class AgentRun implements Command {
    @Override
    public Spec spec() {
        var spec =
                Errand.spec(
                        "run",
                        "Has an agent run a command, and shows what it prints.",
                        "",
                        "The first word behind the name that is no option begins the command: a"
                                + " program and what it is given, as it is. It runs in an empty folder of its own, as the"
                                + " user that the agent's tasks run as, and is a run like others"
                                + " (`runs list --master ...`). Ctrl-C cancels it.");
        spec.addPositional(
                Specs.positionals("NAME COMMAND...", 2, Spec.Positionals.MANY, Errand.COMMAND));
        spec.commandBehind(1);
        return spec;
    }

    @Override
    public int run(Given given) throws InterruptedException {
        var words = given.positionals();
        return new Errand(given).run(words.getFirst(), "", words.subList(1, words.size()));
    }
}
