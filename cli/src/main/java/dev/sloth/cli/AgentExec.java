package dev.sloth.cli;

import dev.sloth.core.select.Selector;

/// `agent exec`: has all agents that are selected do a command.
final class AgentExec implements Command {
    static final String SELECT = "--select";

    /// What a selector looks like.
    static final String EXPRESSION =
            "Which agents are meant, such as `region == 'eu' and 'db' in tags`.";

    @Override
    public Spec spec() {
        var spec =
                Errand.spec(
                        "exec",
                        "Has all selected agents run a command at once, and shows what they print.",
                        "",
                        "The first word that is no option begins the command: a program and what"
                                + " it is given, as it is. The agents that are meant are told first"
                                + " (standard error), then each line with its agent as it comes,"
                                + " then how it ended on each. It ends with 0 if it did on all, and"
                                + " those that are away or draining count as failed. It is a run"
                                + " like others (`runs list --master ...`). Ctrl-C cancels it.");
        spec.addOption(Specs.text("EXPR", EXPRESSION, SELECT));
        spec.addPositional(
                Specs.positionals("COMMAND...", 1, Spec.Positionals.MANY, Errand.COMMAND));
        spec.commandBehind(0);
        return spec;
    }

    @Override
    public int run(Given given) throws InterruptedException {
        if (!given.has(SELECT)) {
            throw StateFamily.wrong(
                    "say which agents are meant",
                    "add --select EXPR: " + EXPRESSION + " For one agent: `agent run NAME ...`");
        }
        var selector = Selector.of(given.text(SELECT, ""));
        return new Errand(given).run("", selector.text(), given.positionals());
    }
}
