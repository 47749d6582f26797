package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.cli.config.Config;
import dev.sloth.core.run.Refusals;
import dev.sloth.dsl.ScriptFiles;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Options that the commands around a workflow share.
final class RunOptions {
    static final String LABEL = "--label";
    static final String VALUES = "--values";
    static final String VAR = "--var";
    static final String TASK = "-t";

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

    static RunValues.Read values(Given given) {
        return RunValues.read(given.many(VALUES), given.many(VAR), given.caller().folder());
    }

    static Target target(Given given) {
        return Target.of(given.positionals(), given.text("-f", ""), given.caller().folder());
    }

    /// A script, and what of it is meant.
    record Chosen(Script script, Workflow workflow) {}

    /// Reads the script that the command line names, with its values, and chooses the workflow and
    /// the tasks in it. When the values are wrong the script is not run for its definitions, but
    /// what is wrong with its text is told along with them.
    ///
    /// @throws Problems with all of that, and what was found before
    static Chosen chosen(Given given, Findings findings, ScriptFiles files, PrintStream sink) {
        var config = findings.look(() -> given.layers().config());
        var target = findings.look(() -> target(given));
        var values = findings.look(() -> values(given));
        var script =
                target.flatMap(t -> {
                    var reading =
                            new Script.Reading(
                                    files,
                                    sink,
                                    outline -> checkTasks(given, t, outline, findings));
                    return script(given, findings, t.file(), reading, values, config);
                });
        var chosen =
                script.flatMap(s ->
                        findings.look(() -> {
                            var workflows = s.definition().workflows();
                            var whole = target.orElseThrow().among(workflows);
                            var tasks = given.many(TASK);
                            return new Chosen(
                                    s, tasks.isEmpty() ? whole : Selection.of(whole, tasks));
                        }));
        findings.tell();
        return chosen.orElseThrow();
    }

    /// A script without a choice in it.
    ///
    /// @throws Problems with everything that is wrong with it and with the values
    static Script script(Given given, Config config, Path file) {
        var findings = new Findings();
        var values = findings.look(() -> values(given));
        var reading = new Script.Reading(ScriptFiles.DISK, given.caller().err());
        var script = script(given, findings, file, reading, values, Optional.of(config));
        findings.tell();
        return script.orElseThrow();
    }

    private static Optional<Script> script(
            Given given,
            Findings findings,
            Path file,
            Script.Reading reading,
            Optional<RunValues.Read> values,
            Optional<Config> config) {
        if (values.isPresent() && config.isPresent()) {
            return findings.look(
                    () -> Script.read(file, reading, values.get(), config.get(), given));
        }
        var _ =
                findings.look(() -> {
                    Script.check(file, config, given);
                    return file;
                });
        return Optional.empty();
    }

    /// Tasks that nobody defined are told along with what is wrong with those that are.
    private static void checkTasks(
            Given given, Target target, Map<String, List<String>> outline, Findings findings) {
        var named =
                target.workflow().isEmpty() && outline.size() == 1
                        ? outline.keySet().iterator().next()
                        : target.workflow();
        var tasks = outline.get(named);
        if (tasks == null) {
            return;
        }
        given.many(TASK).stream()
                .filter(task -> !tasks.contains(task))
                .forEach(task ->
                        findings.add(
                                Refusals.unknownTask(
                                        named, new Span(target.shown(), 0, 0), tasks, task)));
    }
}
