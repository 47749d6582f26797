package dev.sloth.cli;

import dev.sloth.api.workflow.Workflow;
import dev.sloth.cli.view.PlanGraph;
import dev.sloth.cli.view.PlanText;
import dev.sloth.dsl.ScriptFiles;

/// `plan`: shows what a run would do, and runs nothing.
final class PlanCommand implements Command {
    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "plan", "Shows what a run of a workflow would do, and in which order.");
        RunOptions.addTarget(spec);
        spec.addOption(Specs.many("TASK", "Only this task and what it needs.", "-t", "--task"));
        RunOptions.addValues(spec);
        spec.addOption(Specs.format("text", "json", "yaml", "mermaid", "dot"));
        return Specs.withSettings(spec);
    }

    @Override
    public int run(Given given) {
        var format = given.format();
        var chosen =
                RunOptions.chosen(given, new Findings(), ScriptFiles.DISK, given.caller().err());
        show(given, format, chosen.workflow());
        return Exit.OK;
    }

    /// Prints the plan of a workflow in this format.
    static void show(Given given, String format, Workflow workflow) {
        var caller = given.caller();
        switch (format) {
            case "json" -> caller.out().print(new PlanGraph(workflow).document().json());
            case "yaml" ->
                    caller.out()
                            .print(
                                    new PlanGraph(workflow)
                                            .document()
                                            .as(dev.sloth.cli.view.Format.YAML));
            case "mermaid" -> caller.print(new PlanGraph(workflow).mermaid());
            case "dot" -> caller.print(new PlanGraph(workflow).dot());
            case "text" -> caller.print(new PlanText(workflow).lines());
            default -> throw new IllegalArgumentException("no plan is written as " + format);
        }
    }
}
