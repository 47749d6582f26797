package dev.sloth.cli;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Placement;
import dev.sloth.core.select.Selector;
import java.util.List;

/// Where those tasks of a run are done that name no place of their own.
final class Elsewhere {
    static final String DELEGATE_TO = "--delegate-to";

    private Elsewhere() {}

    static void add(Spec spec) {
        spec.addOption(
                Specs.many(
                        "NAME",
                        "With --master: tasks that name no place of their own are done by this"
                                + " agent; given again, by each of them.",
                        DELEGATE_TO));
        spec.addOption(
                Specs.text(
                        "EXPR",
                        "With --master: they are done by the least busy of the agents that are"
                                + " meant, such as `region == 'eu' and 'db' in tags`.",
                        AgentExec.SELECT));
    }

    /// @throws dev.sloth.api.workflow.Problems when the options do not go together, or the selector
    ///   cannot be read
    static Placement of(Given given) {
        boolean named = given.has(DELEGATE_TO);
        boolean selected = given.has(AgentExec.SELECT);
        if (!named && !selected) {
            return new Placement.Here();
        }
        var option = named ? DELEGATE_TO : AgentExec.SELECT;
        if (named && selected) {
            throw StateFamily.wrong(
                    "%s and %s do not go together".formatted(DELEGATE_TO, AgentExec.SELECT),
                    "leave one of them out; `name == 'web1'` selects by name");
        }
        if (!given.has(MasterOptions.MASTER)) {
            throw StateFamily.wrong(
                    "%s goes with %s only".formatted(option, MasterOptions.MASTER),
                    "agents are those of a master: say which");
        }
        if (named) {
            return new Placement.Agents(List.copyOf(given.many(DELEGATE_TO)));
        }
        var selector = Selector.of(given.text(AgentExec.SELECT, ""));
        return new Placement.Selector(new DataTable().with("selector", selector.text()));
    }
}
