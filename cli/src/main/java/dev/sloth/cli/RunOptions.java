package dev.sloth.cli;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.cli.config.Config;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;

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

    private static Problems with(Problems wrong, Path file, Config config, Given given) {
        var all = new ArrayList<Problem>(wrong.list());
        try {
            Script.check(file, config, given);
        } catch (Problems e) {
            all.addAll(e.list());
        }
        var told = new Problems(all);
        told.initCause(wrong);
        return told;
    }

    static Target target(Given given) {
        return Target.of(given.positionals(), given.text("-f", ""), given.caller().folder());
    }

    /// Reads a script with the values of the command line. When the values are wrong the script is
    /// not run for its definitions, but what is wrong with its text is told along with them.
    static Script script(Given given, Config config, Path file, PrintStream sink) {
        DataTable values;
        try {
            values = values(given);
        } catch (Problems wrong) {
            throw with(wrong, file, config, given);
        }
        return Script.read(file, values, config, given, sink);
    }
}
