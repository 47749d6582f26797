package dev.sloth.cli;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.cli.view.Document;
import dev.sloth.cli.view.Format;
import dev.sloth.core.store.ArtifactStore.Artifact;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/// `runs artifacts`: what the tasks of a run have kept, listed or copied out.
final class RunsArtifacts implements Command {
    private static final String TO = "--to";
    private static final String TASK = "--task";

    @Override
    public Spec spec() {
        var spec =
                Specs.command(
                        "artifacts",
                        "Lists the files that the tasks of a run have kept, or copies them out.",
                        "",
                        "PATTERN is a glob such as `*.log` or `dist/**`; without one all are meant."
                                + " What is copied is checked against its SHA-256.");
        spec.addPositional(
                Specs.positionals(
                        "RUN [PATTERN]", 1, 2, RunsCommand.RUN + " Then which files, as a glob."));
        spec.addOption(
                Specs.many("TASK", "Only what this task has kept. Several are fine.", "-t", TASK));
        spec.addOption(Specs.text("DIR", "Copies them into this folder.", TO));
        MasterOptions.addChoice(spec);
        spec.addOption(Specs.format("text", "json", "yaml"));
        return spec;
    }

    @Override
    public int run(Given given) {
        var format = given.documentFormat();
        var words = given.positionals();
        var wanted = words.size() > 1 ? matcher(words.get(1)) : matcher("**");
        var tasks = given.many(TASK);
        try (var runs = RunsInSight.of(given)) {
            var row = runs.run(words.getFirst());
            var artifacts =
                    runs.store().artifacts().of(row.id()).stream()
                            .filter(a -> wanted.matches(Path.of(a.path())))
                            .filter(a -> tasks.isEmpty() || tasks.contains(a.id().task().text()))
                            .toList();
            if (given.has(TO)) {
                var folder = given.caller().folder().resolve(given.text(TO, "")).normalize();
                new ArtifactCopies(
                                runs.store().artifacts(),
                                task ->
                                        runs.command(
                                                "runs retry %s --from %s"
                                                        .formatted(row.id(), task)),
                                folder)
                        .write(artifacts);
            }
            show(given, format, artifacts);
        }
        return Exit.OK;
    }

    private static PathMatcher matcher(String pattern) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        } catch (PatternSyntaxException e) {
            throw new Problems(
                    new Problem(
                            "SLOTH-9001",
                            "'%s' is not a pattern: %s".formatted(pattern, e.getDescription()),
                            Span.NOWHERE,
                            "write one such as `*.log` or `dist/**`"));
        }
    }

    private static void show(Given given, Format format, List<Artifact> artifacts) {
        var caller = given.caller();
        if (format != Format.TEXT) {
            var all = artifacts.stream().map(RunText::document).toList();
            caller.out().print(new Document().with("artifacts", all).as(format));
            return;
        }
        caller.print(
                artifacts.isEmpty()
                        ? List.of("no artifacts")
                        : RunText.artifactTable(artifacts, Integer.MAX_VALUE)
                                .lines(ScreenWidth.ofTable(caller)));
        if (given.has(TO)) {
            caller.print(
                    List.of("", "copied %d to %s".formatted(artifacts.size(), given.text(TO, ""))));
        }
    }
}
