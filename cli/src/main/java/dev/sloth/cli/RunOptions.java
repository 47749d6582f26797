package dev.sloth.cli;

import dev.sloth.api.value.DataTable;
import dev.sloth.cli.config.Config;
import java.io.PrintStream;

/// Options that the commands around a workflow share.
final class RunOptions {
    private RunOptions() {}

    static void addTarget(Spec spec) {
        spec.addPositional(
                Specs.positionals(
                        "NAME|FILE",
                        0,
                        2,
                        "The workflow, the script, or both. Without a script: Slothfile or"
                                + " workflow.sloth in this folder."));
        spec.addOption(Specs.text("FILE", "The script.", "-f", "--file"));
    }

    static void addValues(Spec spec) {
        spec.addOption(
                Specs.many(
                        "FILE",
                        "YAML or JSON with values for the script; a later file is laid upon the"
                                + " ones before.",
                        "--values"));
        spec.addOption(
                Specs.many(
                        "NAME=VALUE",
                        "One value, laid upon the files. Dots nest: db.port=5432. Typed as in YAML.",
                        "--var"));
    }

    static DataTable values(Given given) {
        return RunValues.read(given.many("--values"), given.many("--var"), given.caller().folder());
    }

    static Target target(Given given) {
        return Target.of(given.positionals(), given.text("-f", ""), given.caller().folder());
    }

    /// Reads the script of the command line; what is wrong with the values and with the name of the
    /// script is told together.
    static Script script(Given given, Config config, Target target, PrintStream sink) {
        return Script.read(target.file(), values(given), config, given, sink);
    }
}
