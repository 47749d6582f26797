package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.cli.config.DebugConfig;
import dev.sloth.cli.debug.AdapterLimits;
import dev.sloth.cli.debug.DebugAdapter;
import dev.sloth.cli.debug.Launch;
import dev.sloth.lua.debug.DebugLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `debug`: lets an editor debug a run of a workflow, or a plain script.
final class DebugCommand implements Command {
    static final String AS = "--as";

    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "debug",
                        "Lets an editor debug a script: speaks the Debug Adapter Protocol on the"
                                + " standard streams.");
        spec.addPositional(
                Specs.positionals(
                        "FILE", 0, 1, "The script; one that the editor names goes before it."));
        spec.addOption(
                Specs.text(
                        "run|lua",
                        "What the script is: a workflow, or plain Lua. By its name: plain if it"
                                + " ends in .lua.",
                        AS));
        return Specs.withSettings(spec);
    }

    @Override
    public int run(Given given) throws InterruptedException {
        var program = given.positionals().stream().findFirst();
        var as = given.many(AS).stream().reduce((_, last) -> last);
        if (as.filter(word -> !word.equals("run") && !word.equals("lua")).isPresent()) {
            throw wrong(AS + " '" + as.get() + "' is neither run nor lua", "write --as lua");
        }
        var config = given.layers().config().debug();
        var debugged = new Debugged(given.caller(), program, as);
        // What the command line names is looked for before an editor says anything.
        program.ifPresent(file -> debugged.check(file, given.caller().folder()));
        if (given.caller().outTerminal()) {
            given.caller()
                    .complain(
                            List.of(
                                    "debug waits for an editor that speaks the Debug Adapter"
                                            + " Protocol here; see docs/debugging.md"));
        }
        return DebugAdapter.serve(
                given.caller().in(), given.caller().out(), debugged, limits(config));
    }

    private static AdapterLimits limits(DebugConfig config) {
        return new AdapterLimits(
                config.messageBytes(),
                new DebugLimits(config.watchTime(), config.textBytes(), config.children()));
    }

    static Problems wrong(String message, String remedy) {
        return new Problems(new Problem(Launch.WRONG, message, Span.NOWHERE, remedy));
    }

    /// Where relative names of files begin.
    static Path folder(Optional<String> told, Caller caller) {
        return told.map(word -> Target.file(word, caller.folder())).orElse(caller.folder());
    }
}
