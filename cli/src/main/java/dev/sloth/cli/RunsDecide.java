package dev.sloth.cli;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Nearest;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.Span;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.cli.view.TextTable;
import dev.sloth.core.journal.Requests;
import dev.sloth.core.journal.RunHistory;
import dev.sloth.core.run.Ruling;
import dev.sloth.core.run.RunInput;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.run.TaskReport;
import dev.sloth.core.run.TaskStatus;
import dev.sloth.core.store.RequestStore.Request;
import dev.sloth.core.store.RunRow;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// `runs decide`: says what is to become of attempts of which nobody can tell whether they ran.
final class RunsDecide implements Command {
    private static final String SUCCEEDED = "--succeeded";
    private static final String FAILED = "--failed";
    private static final String RETRY = "--retry";
    private static final String OUTPUTS = "--outputs";

    private final InstantSource time;

    RunsDecide(InstantSource time) {
        this.time = time;
    }

    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "decide",
                        "Says what is to become of a task of which nobody can tell whether it ran.",
                        "",
                        "Without TASK it lists the tasks that wait for a decision. Whoever drives"
                                + " the run takes the decision up; when nobody does, `resume`"
                                + " does.");
        spec.addPositional(
                Specs.positionals("RUN [TASK]", 1, 2, RunsCommand.RUN + " Then the task."));
        spec.addOption(Specs.flag("It did what it was to do.", SUCCEEDED));
        spec.addOption(Specs.text("JSON", "With --succeeded: what it gave, as a table.", OUTPUTS));
        spec.addOption(Specs.flag("It failed, and is not tried again.", FAILED));
        spec.addOption(Specs.flag("It is to be tried again.", RETRY));
        MasterOptions.addChoice(spec);
        spec.addOption(Specs.format("text", "json", "yaml"));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var words = given.positionals();
        try (var runs = RunsInSight.of(given)) {
            var row = runs.run(words.getFirst());
            var waiting = new Waiting(runs, row);
            if (words.size() == 1) {
                chosen(given)
                        .findFirst()
                        .ifPresent(option -> {
                            throw wrong("%s needs a TASK".formatted(option), waiting.hint(""));
                        });
                list(given, format, waiting);
                return Exit.OK;
            }
            var ruling = ruling(given);
            var id = waiting.attempt(words.get(1));
            decide(given, runs, id, ruling);
            tell(given, format, runs, row, id, ruling);
        }
        return Exit.OK;
    }

    private void decide(Given given, RunsInSight runs, AttemptId id, Ruling ruling) {
        var by = given.caller().user();
        var now = time.instant();
        boolean asked =
                runs.store()
                        .requests()
                        .ask(
                                id.run(),
                                Request.Kind.DECIDE,
                                Requests.decision(id, ruling, by, now),
                                by,
                                now);
        if (!asked) {
            throw over(runs, id.run());
        }
    }

    private static Problems over(RunsInSight runs, RunId run) {
        return new Problems(
                new Problem(
                        "SLOTH-4003",
                        "run " + run + " has ended: nothing of it waits for a decision",
                        Span.NOWHERE,
                        runs.command("runs retry " + run) + " starts it again."));
    }

    private static Stream<String> chosen(Given given) {
        return Stream.of(SUCCEEDED, FAILED, RETRY).filter(given::has);
    }

    private static Ruling ruling(Given given) {
        var chosen = chosen(given).toList();
        if (chosen.size() != 1) {
            throw wrong(
                    chosen.isEmpty()
                            ? "say what became of it"
                            : String.join(" and ", chosen) + " do not go together",
                    "give one of " + String.join(", ", SUCCEEDED, FAILED, RETRY));
        }
        if (given.has(OUTPUTS) && !given.has(SUCCEEDED)) {
            throw wrong(OUTPUTS + " goes with " + SUCCEEDED + " only", "leave it out");
        }
        return switch (chosen.getFirst()) {
            case SUCCEEDED -> new Ruling.Succeeded(outputs(given));
            case FAILED -> new Ruling.Failed();
            default -> new Ruling.Again();
        };
    }

    private static Value.Table outputs(Given given) {
        return given.has(OUTPUTS)
                ? RunValues.table(OUTPUTS, given.text(OUTPUTS, ""))
                : new DataTable();
    }

    private static Problems wrong(String message, String remedy) {
        return new Problems(new Problem("SLOTH-9001", message, Span.NOWHERE, remedy));
    }

    private static void list(Given given, Format format, Waiting waiting) {
        var caller = given.caller();
        if (format != Format.TEXT) {
            caller.out()
                    .print(
                            new Document()
                                    .with("run", waiting.row.id())
                                    .with("waiting", waiting.documents())
                                    .as(format));
            return;
        }
        if (waiting.tasks.isEmpty()) {
            caller.print(List.of("nothing of run " + waiting.row.id() + " waits for a decision"));
            return;
        }
        caller.print(waiting.table().lines(ScreenWidth.ofTable(caller)));
    }

    private static String next(RunsInSight runs, RunRow row) {
        if (runs.here().isEmpty()) {
            return "its master takes it up";
        }
        return runs.standing(row).driven()
                ? row.drivenBy().map(Object::toString).orElse("") + " takes it up"
                : "`sloth-runner resume %s` goes on with it".formatted(row.id());
    }

    private static void tell(
            Given given, Format format, RunsInSight runs, RunRow row, AttemptId id, Ruling ruling) {
        boolean driven = runs.standing(row).driven();
        var next = next(runs, row);
        if (format == Format.TEXT) {
            given.caller().print(List.of("%s: %s; %s".formatted(id, word(ruling), next)));
            return;
        }
        given.caller()
                .out()
                .print(
                        new Document()
                                .with("run", id.run())
                                .with("task", id.task())
                                .with("attempt", id.number())
                                .with("ruling", word(ruling))
                                .with("driven", driven)
                                .as(format));
    }

    private static String word(Ruling ruling) {
        return switch (ruling) {
            case Ruling.Succeeded _ -> "succeeded";
            case Ruling.Failed() -> "failed";
            case Ruling.Again() -> "retry";
        };
    }

    /// What of a run waits for a decision, and what was decided that nobody has taken up yet.
    private static final class Waiting {
        private final RunsInSight runs;
        private final RunRow row;
        private final List<TaskReport> tasks;
        private final Map<AttemptId, RunInput.Decided> decided = new HashMap<>();

        Waiting(RunsInSight runs, RunRow row) {
            this.runs = runs;
            this.row = row;
            if (row.progress().ended()) {
                throw over(runs, row.id());
            }
            var state = new RunHistory(runs.runs(), row.id()).state();
            this.tasks =
                    RunReport.of(state).tasks().stream()
                            .filter(task -> task.status() == TaskStatus.UNDECIDED)
                            .toList();
            for (var request : runs.store().requests().of(row.id())) {
                if (Requests.read(row.id(), request, request.at()) instanceof RunInput.Decided d) {
                    decided.put(d.id(), d);
                }
            }
        }

        AttemptId attempt(String name) {
            var task =
                    tasks.stream()
                            .filter(t -> t.name().text().equals(name))
                            .findFirst()
                            .orElseThrow(() ->
                                    new Problems(
                                            new Problem(
                                                    "SLOTH-4008",
                                                    "the task '%s' of run %s waits for no decision"
                                                            .formatted(name, row.id()),
                                                    Span.NOWHERE,
                                                    hint(name))));
            var id = id(task);
            var before = decided.get(id);
            if (before != null) {
                throw new Problems(
                        new Problem(
                                "SLOTH-4008",
                                "%s has decided already: %s"
                                        .formatted(before.by(), word(before.ruling())),
                                Span.NOWHERE,
                                next(runs, row)));
            }
            return id;
        }

        private AttemptId id(TaskReport task) {
            return new AttemptId(row.id(), task.name(), task.attempts());
        }

        String hint(String name) {
            var names = tasks.stream().map(task -> task.name().text()).toList();
            return Nearest.hint(
                    name,
                    names,
                    names.isEmpty()
                            ? "no task of it does"
                            : "these do: " + String.join(", ", names));
        }

        TextTable table() {
            var table = new TextTable("TASK", "ATTEMPT", "DECIDED", "MESSAGE");
            for (var task : tasks) {
                table.row(
                        task.name().text(),
                        Integer.toString(task.attempts()),
                        decision(task).isEmpty() ? "-" : decision(task),
                        task.message());
            }
            return table;
        }

        private String decision(TaskReport task) {
            var d = decided.get(id(task));
            return d == null ? "" : word(d.ruling()) + " by " + d.by();
        }

        List<Document> documents() {
            return tasks.stream()
                    .map(task ->
                            new Document()
                                    .with("task", task.name())
                                    .with("attempt", task.attempts())
                                    .with("message", task.message())
                                    .with("decided", decision(task)))
                    .toList();
        }
    }
}
