package dev.sloth.cli;

import dev.sloth.agent.process.ChildProcesses;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.cli.config.Config;
import dev.sloth.dsl.HookScript;
import dev.sloth.dsl.ScriptStopped;
import dev.sloth.dsl.Source;

/// Looks at the file of a hook as any script is looked at before it runs.
///
/// @param caller is shown what the file prints
record HookFiles(Caller caller, Config config) {
    /// What a file says of itself, once it and a condition are found to be good.
    ///
    /// @throws Problems when one of them is not
    HookScript.Declared declared(Source source, String condition) {
        try (var processes = Wiring.processes(caller, config);
                var shared = Wiring.stateAndEvents(caller, config)) {
            return declared(source, condition, processes, shared);
        }
    }

    private HookScript.Declared declared(
            Source source, String condition, ChildProcesses processes, StateAndEvents shared) {
        var around = Wiring.surroundings(config, source.project(), processes, shared, caller.err());
        try (var script = Wiring.scripts(config).hook(source, Host.Phase.DEFINE, around)) {
            script.about(new DataTable().with("type", "").with("data", new DataTable()));
            script.load();
            script.check(condition);
            return script.declared();
        } catch (ScriptFailure | ScriptStopped e) {
            throw new Problems(
                    new Problem(
                            "SLOTH-1002",
                            String.valueOf(e.getMessage()),
                            new Span(source.name(), 0, 0),
                            "what a hook does belongs into on_event(event), or into execute"));
        }
    }
}
