package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Span;
import dev.sloth.cli.config.Config;
import dev.sloth.cli.view.Board;
import dev.sloth.cli.view.Format;
import dev.sloth.core.run.Reuse;
import dev.sloth.drive.KeptScript;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `run`: runs a workflow in this process.
final class RunCommand implements Command {
    static final String RESUME_LAST = "--resume-last";
    private static final String IN_MEMORY = "--in-memory";

    @Override
    public Spec spec() {
        var spec = Specs.command("run", "Runs a workflow.");
        RunOptions.addTarget(spec);
        spec.addOption(Specs.many("TASK", "Only this task and what it needs.", "-t", "--task"));
        RunOptions.addValues(spec);
        spec.addOption(Specs.flag("Shows the plan and runs nothing.", "--dry-run"));
        spec.addOption(
                Specs.many(
                        "NAME=VALUE", "A label by which lists can be filtered.", RunOptions.LABEL));
        spec.addOption(
                Specs.flag(
                        "Goes on with the newest run of this script that has not ended, with the"
                                + " values that it was given then.",
                        RESUME_LAST));
        spec.addOption(
                Specs.flag(
                        "Keeps nothing of the run: it can be neither looked at later nor resumed.",
                        IN_MEMORY));
        spec.addOption(
                Specs.flag(
                        "Prints the outputs of the tasks as JSON, and nothing else, to the"
                                + " standard output.",
                        ShownRun.RETURN));
        MasterOptions.add(spec, "This master runs it, on its agents; here it is followed.");
        spec.addOption(
                Specs.flag(
                        "With --master: prints the id of the run and does not follow it.",
                        RunByMaster.DETACH));
        Elsewhere.add(spec);
        spec.addOption(Specs.format("text", "json", "yaml"));
        return Specs.withSettings(spec);
    }

    @Override
    public int run(Given given) throws InterruptedException {
        var format = given.documentFormat();
        if (given.has(RESUME_LAST) && !given.has(MasterOptions.MASTER)) {
            return Resuming.last(given, format);
        }
        boolean document = ShownRun.document(given, format);
        var caller = given.caller();
        var sink = document ? caller.err() : caller.out();
        var kept = KeptScript.fresh();
        var findings = new Findings();
        var labels = findings.look(() -> labels(given));
        var byMaster =
                findings.look(() -> RunByMaster.chosen(given, List.of(IN_MEMORY, RESUME_LAST)));
        var there = findings.look(() -> Elsewhere.of(given));
        var chosen = RunOptions.chosen(given, findings, kept.files(), sink);
        var config = given.layers().config();
        var script = chosen.script();
        var workflow =
                Selection.placed(
                        Selection.atMost(
                                given.debugging().isPresent()
                                        ? Selection.untimed(chosen.workflow())
                                        : chosen.workflow(),
                                config.maxParallel()),
                        there.orElseThrow());
        if (given.has("--dry-run")) {
            PlanCommand.show(given, format.name().toLowerCase(Locale.ROOT), workflow);
            return Exit.OK;
        }
        var _ = new CarriedFiles(script.source(), workflow, config).paths();
        if (byMaster.orElseThrow()) {
            return new RunByMaster(given, format, config)
                    .run(script, kept, workflow, caused(given, labels.orElseThrow()));
        }
        var id = Wiring.newId();
        var declared = new DeclaredSecrets(given, config, workflow, script.source().project());
        var order =
                new Wiring.Order(
                        script.reader(),
                        script.source(),
                        kept,
                        workflow,
                        given.has(IN_MEMORY) ? declared.forOnce() : declared.forNew(id),
                        script.values().table());
        given.debugging().ifPresent(d -> d.debugger().hide(order.secrets().mask()::bytes));
        var run = new RunInProcess(given, config, new Board(workflow), document);
        var ended =
                given.has(IN_MEMORY)
                        ? inMemory(given, config, order, id, run)
                        : kept(
                                given,
                                config,
                                order,
                                id,
                                script.values(),
                                labels.orElseThrow(),
                                run);
        tell(format, run, ended, order);
        return ended.exit();
    }

    private static Map<String, String> labels(Given given) {
        if (given.has(IN_MEMORY) && given.has(RunOptions.LABEL)) {
            throw new Problems(
                    new Problem(
                            "SLOTH-9001",
                            "%s and %s do not go together: a label is kept with the run"
                                    .formatted(IN_MEMORY, RunOptions.LABEL),
                            Span.NOWHERE,
                            "leave one of them out"));
        }
        return RunOptions.labels(given);
    }

    private static Map<String, String> caused(Given given, Map<String, String> labels) {
        var all = new HashMap<>(labels);
        all.putAll(Causes.of(given.caller()).label());
        return all;
    }

    private static RunInProcess.Ended inMemory(
            Given given, Config config, Wiring.Order order, RunId id, RunInProcess run)
            throws InterruptedException {
        try (var _ = OwnedFolder.open(given.caller().home(), id)) {
            return run.execute(view -> Wiring.inMemory(given.caller(), config, order, id, view));
        }
    }

    private static RunInProcess.Ended kept(
            Given given,
            Config config,
            Wiring.Order order,
            RunId id,
            RunValues.Read values,
            Map<String, String> labels,
            RunInProcess run)
            throws InterruptedException {
        try (var runs = Wiring.keptRuns(given.caller())) {
            var made = Submission.of(id, values, runs, order, caused(given, labels));
            return run.execute(view ->
                    Wiring.submitted(
                            given.caller(), config, runs, order, made, Reuse.NOTHING, view));
        }
    }

    static void tell(
            Format format, RunInProcess run, RunInProcess.Ended ended, Wiring.Order order) {
        run.shown()
                .tell(
                        format,
                        ended.report(),
                        order.source().project(),
                        order.secrets().mask()::text);
    }
}
