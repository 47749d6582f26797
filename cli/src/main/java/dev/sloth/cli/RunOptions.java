package dev.sloth.cli;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.cli.config.Config;
import dev.sloth.dsl.ScriptFiles;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Options that the commands around a workflow share.
final class RunOptions {
    static final String LABEL = "--label";
    static final String VALUES = "--values";
    static final String VAR = "--var";

    private static final Pattern LABEL_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,62}");
    private static final int LABEL_LENGTH_MAX = 256;

    private RunOptions() {}

    /// What `--label` says, by name.
    ///
    /// @throws Problems with everything that is no label
    static Map<String, String> labels(Given given) {
        var labels = new LinkedHashMap<String, String>();
        var problems = new ArrayList<Problem>();
        for (var word : given.many(LABEL)) {
            int equals = word.indexOf('=');
            var name = equals < 0 ? word : word.substring(0, equals);
            var value = word.substring(equals + 1);
            if (equals < 0
                    || !LABEL_NAME.matcher(name).matches()
                    || value.length() > LABEL_LENGTH_MAX) {
                problems.add(
                        new Problem(
                                "SLOTH-9005",
                                "--label '" + word + "' is not NAME=VALUE",
                                Span.NOWHERE,
                                "write it as `--label team=web`: letters, digits and ._/- in the"
                                        + " name"));
            }
            labels.put(name, value);
        }
        if (!problems.isEmpty()) {
            throw new Problems(problems);
        }
        return labels;
    }

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
                        VALUES));
        spec.addOption(
                Specs.many(
                        "NAME=VALUE",
                        "One value, laid upon the files. Dots nest: db.port=5432. Typed as in YAML.",
                        VAR));
    }

    static DataTable values(Given given) {
        return RunValues.read(given.many(VALUES), given.many(VAR), given.caller().folder());
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

    /// As below, from disk.
    static Script script(Given given, Config config, Path file, PrintStream sink) {
        return script(given, config, file, ScriptFiles.DISK, sink);
    }

    /// Reads a script with the values of the command line. When the values are wrong the script is
    /// not run for its definitions, but what is wrong with its text is told along with them.
    static Script script(
            Given given, Config config, Path file, ScriptFiles files, PrintStream sink) {
        DataTable values;
        try {
            values = values(given);
        } catch (Problems wrong) {
            throw with(wrong, file, config, given);
        }
        return Script.read(file, files, values, config, given, sink);
    }
}
