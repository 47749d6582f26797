package dev.sloth.cli;

import dev.sloth.agent.Globs;
import dev.sloth.api.workflow.FileTrouble;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.cli.config.Config;
import dev.sloth.cli.config.Setting;
import dev.sloth.cli.config.Settings;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.RunFile;
import dev.sloth.core.store.RunFile.Role;
import dev.sloth.drive.KeptScript;
import dev.sloth.dsl.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The files below a script's folder that its workflow says its tasks find there, on whatever
/// machine they are.
final class CarriedFiles {
    private static final String CODE = "SLOTH-9021";

    private final Path folder;
    private final Workflow workflow;
    private final Config.Carried limits;

    CarriedFiles(Source source, Workflow workflow, Config config) {
        this.folder = Optional.ofNullable(source.file().getParent()).orElseGet(source::project);
        this.workflow = workflow;
        this.limits = config.carried();
    }

    /// Their paths, in a stable order. On this machine they are where they are; elsewhere a run
    /// takes them along as they are now.
    ///
    /// @throws Problems with all that is not there, cannot be read, or is too much
    List<Path> paths() {
        var findings = new Findings();
        var all = new TreeSet<Path>();
        workflow.files().forEach(glob -> findings.look(() -> found(glob)).ifPresent(all::addAll));
        findings.look(() -> bounded(all.size(), limits.files(), "files", Settings.FILES_MAX));
        findings.tell();
        return List.copyOf(all);
    }

    /// What a run takes along.
    ///
    /// @param hooks files of hooks that its scripts add, which go along too
    /// @throws Problems as [#paths]
    KeptScript.Made made(Collection<Path> hooks) {
        var files = new ArrayList<RunFile>();
        var contents = new ArrayList<Content>();
        long bytes = 0;
        var all = new TreeSet<>(paths());
        all.addAll(hooks);
        bounded(all.size(), limits.files(), "files", Settings.FILES_MAX);
        for (var path : all) {
            try {
                bytes =
                        bounded(
                                bytes + Files.size(path),
                                limits.bytes(),
                                "bytes",
                                Settings.FILES_SIZE);
                var content = Content.of(Files.readAllBytes(path));
                var role = Files.isExecutable(path) ? Role.PROGRAM : Role.FILE;
                files.add(new RunFile(role, path.toString(), content.sha256()));
                contents.add(content);
            } catch (IOException e) {
                throw unreadable(path.toString(), e);
            }
        }
        return new KeptScript.Made(files, contents);
    }

    private List<Path> found(String glob) {
        List<Path> found;
        try {
            found = Globs.find(folder, glob);
        } catch (IOException e) {
            throw unreadable(glob, e);
        }
        if (found.isEmpty()) {
            throw problem(
                    "its files '%s' are not there: nothing in %s is called so"
                            .formatted(glob, folder),
                    "paths and globs begin at the folder of the script");
        }
        return found.stream().map(folder::resolve).toList();
    }

    private long bounded(long amount, long most, String what, Setting limit) {
        if (amount > most) {
            throw problem(
                    "it takes along more than %d %s".formatted(most, what),
                    "name fewer in its `files`, or raise %s".formatted(limit.key()));
        }
        return amount;
    }

    private Problems unreadable(String what, IOException cause) {
        var problems =
                problem(
                        "its files '%s' cannot be read: %s"
                                .formatted(what, FileTrouble.words(cause)),
                        "make them readable, or leave them out of its `files`");
        problems.initCause(cause);
        return problems;
    }

    private Problems problem(String message, String remedy) {
        return new Problems(
                new Problem(
                        CODE,
                        "workflow '%s': %s".formatted(workflow.name(), message),
                        workflow.at(),
                        remedy));
    }
}
