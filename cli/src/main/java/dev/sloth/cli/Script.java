package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.WorkflowSchedule;
import dev.sloth.cli.config.Config;
import dev.sloth.core.schedule.Rules;
import dev.sloth.dsl.Definition;
import dev.sloth.dsl.ScriptFiles;
import dev.sloth.dsl.Scripts;
import dev.sloth.dsl.Source;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A script that was read for its definitions with these values.
///
/// @param reader by which it was read: it knows the text already when the script is loaded
record Script(Scripts reader, Source source, RunValues.Read values, Definition definition) {

    /// How a script is read.
    ///
    /// @param files where it and its imports are
    /// @param sink what it prints meanwhile goes there; warnings go to the caller's errors
    /// @param outline is told the tasks of each workflow when something is wrong with them
    record Reading(
            ScriptFiles files, PrintStream sink, Consumer<Map<String, List<String>>> outline) {
        Reading(ScriptFiles files, PrintStream sink) {
            this(files, sink, _ -> {});
        }
    }

    /// @throws dev.sloth.api.workflow.Problems with everything that is wrong with it
    static Script read(
            Path file, Reading reading, RunValues.Read values, Config config, Given given) {
        var here = given.caller().folder();
        var source = seen(new Seen(here, here), () -> Source.read(file, reading.files()));
        return seen(
                new Seen(here, source.project()),
                () -> define(source, values, config, given, reading));
    }

    /// Looks at the text only, and runs nothing.
    ///
    /// @throws dev.sloth.api.workflow.Problems with everything that is wrong with it
    static void check(Path file, Optional<Config> config, Given given) {
        var here = given.caller().folder();
        var source = seen(new Seen(here, here), () -> Source.read(file));
        var _ =
                seen(
                        new Seen(here, source.project()),
                        () -> {
                            config.map(Wiring::scripts).orElseGet(Wiring::scripts).check(source);
                            return source;
                        });
    }

    private static Script define(
            Source source, RunValues.Read values, Config config, Given given, Reading reading) {
        var caller = given.caller();
        try (var processes = Wiring.processes(caller, config);
                var shared = Wiring.stateAndEvents(caller, config)) {
            var around =
                    Wiring.surroundings(
                            config, folder(source.file()), processes, shared, reading.sink());
            var reader =
                    given.debugging()
                            .map(d -> Wiring.scripts(config, d))
                            .orElseGet(() -> Wiring.scripts(config));
            var definition = reader.define(source, values.table(), around, reading.outline());
            checkSchedules(definition.schedules());
            var seen = new Seen(caller.folder(), source.project());
            var errors = given.errors(config);
            definition.warnings().forEach(w -> caller.complain(errors.warning(seen.from(w))));
            return new Script(reader, source, values, definition);
        }
    }

    /// @throws Problems with all that is wrong with what workflows say of their times
    private static void checkSchedules(List<WorkflowSchedule> schedules) {
        var problems = new ArrayList<Problem>();
        var now = InstantSource.system().instant();
        var names = new HashSet<String>();
        for (var schedule : schedules) {
            problems.addAll(
                    wrong(
                            schedule,
                            () -> Rules.read(schedule.words(), now, ZoneId.systemDefault())));
            problems.addAll(wrong(schedule, () -> once(names, schedule)));
        }
        if (!problems.isEmpty()) {
            throw new Problems(problems);
        }
    }

    private static String once(Set<String> names, WorkflowSchedule schedule) {
        var name = ScheduleWords.name(schedule);
        if (!names.add(name)) {
            throw new Problems(
                    new Problem(
                            "SLOTH-4403",
                            "another one of the script is called '%s' too".formatted(name),
                            Span.NOWHERE,
                            "give each a `name` of its own"));
        }
        return name;
    }

    /// What a look at a schedule finds, with its place.
    private static List<Problem> wrong(WorkflowSchedule schedule, Supplier<?> look) {
        try {
            var _ = look.get();
            return List.of();
        } catch (Problems e) {
            return e.list().stream()
                    .map(p ->
                            new Problem(
                                    p.code(),
                                    "workflow '%s': schedule: %s"
                                            .formatted(schedule.workflow(), p.message()),
                                    schedule.at(),
                                    p.remedy()))
                    .toList();
        }
    }

    private static <T> T seen(Seen seen, Supplier<T> work) {
        try {
            return work.get();
        } catch (Problems e) {
            var problems = new Problems(e.list().stream().map(seen::from).toList());
            problems.initCause(e);
            throw problems;
        }
    }

    /// Scripts call files by their path within the project; the user sees them from their folder.
    private record Seen(Path caller, Path project) {
        Problem from(Problem problem) {
            var at = problem.at();
            if (at.file().isEmpty()) {
                return problem;
            }
            var file = project.resolve(at.file()).normalize();
            var shown = file.startsWith(caller) ? caller.relativize(file) : file;
            var place = new Span(shown.toString(), at.line(), at.column());
            return new Problem(problem.code(), problem.message(), place, problem.remedy());
        }
    }

    private static Path folder(Path file) {
        var parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }
}
