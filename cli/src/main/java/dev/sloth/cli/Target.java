package dev.sloth.cli;

import dev.sloth.api.workflow.FileTrouble;
import dev.sloth.api.workflow.Nearest;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.api.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which script, and which of its workflows, the words of a command line mean.
///
/// @param shown the file as the user named it
/// @param workflow empty when not named
record Target(Path file, String shown, String workflow) {
    /// Looked for, in this order, when no file is named.
    static final List<String> USUAL_NAMES = List.of("Slothfile", "workflow.sloth");

    private static final int NAMES_SHOWN_MAX = 20;

    /// A word that looks like a file, or is one, is a file; any other is a workflow's name. `told`
    /// is what stood behind `-f`, or empty.
    ///
    /// @throws Problems when there are two files or two names, or no file at all
    static Target of(List<String> words, String told, Path folder) {
        var files = new ArrayList<String>();
        var names = new ArrayList<String>();
        if (!told.isEmpty()) {
            files.add(told);
        }
        for (var word : words) {
            (isFile(word, folder) ? files : names).add(word);
        }
        if (files.size() > 1) {
            throw wrong(
                    "one file at a time, but these are " + String.join(" and ", files),
                    "run them one after the other");
        }
        if (names.size() > 1) {
            throw wrong(
                    "one workflow at a time, but these are " + String.join(" and ", names),
                    "run them one after the other");
        }
        var name = names.isEmpty() ? "" : names.getFirst();
        if (files.isEmpty() && isFolder(name, folder) && usual(folder).isEmpty()) {
            throw folder(name, folder);
        }
        var file =
                files.isEmpty()
                        ? usual(folder).orElseThrow(() -> noFile(folder))
                        : files.getFirst();
        return new Target(file(file, folder), file, name);
    }

    private static boolean isFile(String word, Path folder) {
        if (word.equals(".")
                || word.equals("..")
                || word.endsWith(".sloth")
                || word.endsWith(".lua")
                || word.contains("/")) {
            return true;
        }
        try {
            // A pipe is as good as a file.
            var file = folder.resolve(word);
            return Files.exists(file) && !Files.isDirectory(file);
        } catch (InvalidPathException e) {
            // What cannot be a file's name may still be a workflow's.
            return false;
        }
    }

    /// The file as the user wrote it, from their folder.
    static Path file(String word, Path folder) {
        try {
            return folder.resolve(word);
        } catch (InvalidPathException e) {
            throw wrong(
                    "'" + word + "' cannot be the name of a file: " + e.getReason(),
                    "give the name of a script");
        }
    }

    private static Optional<String> usual(Path folder) {
        return USUAL_NAMES.stream()
                .filter(name -> Files.isRegularFile(folder.resolve(name)))
                .findFirst();
    }

    private static boolean isFolder(String word, Path folder) {
        try {
            return !word.isEmpty() && Files.isDirectory(folder.resolve(word));
        } catch (InvalidPathException e) {
            // As above.
            return false;
        }
    }

    private static Problems folder(String word, Path folder) {
        var in = scripts(folder.resolve(word)).stream().map(name -> word + "/" + name).toList();
        return wrong(
                "'" + word + "' is a folder, not a script",
                in.isEmpty()
                        ? "name a script: `sloth-runner run FILE`"
                        : "name one of the scripts in it: " + String.join(", ", in));
    }

    private static Problems noFile(Path folder) {
        var here = scripts(folder);
        return wrong(
                "no file was given, and there is no " + String.join(" or ", USUAL_NAMES) + " here",
                here.isEmpty()
                        ? "name a script: `sloth-runner run FILE`"
                        : "name one of the scripts here: " + String.join(", ", here));
    }

    private static List<String> scripts(Path folder) {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".sloth"))
                    .sorted()
                    .limit(NAMES_SHOWN_MAX)
                    .toList();
        } catch (IOException e) {
            throw wrong(
                    "the folder " + folder + " cannot be read: " + FileTrouble.words(e),
                    "name a script: `sloth-runner run FILE`");
        }
    }

    private static Problems wrong(String message, String remedy) {
        return new Problems(new Problem("SLOTH-9002", message, Span.NOWHERE, remedy));
    }

    /// The workflow that is meant among those of the script.
    ///
    /// @throws Problems when there is none of this name, or several and none was named
    Workflow among(List<Workflow> workflows) {
        var names = workflows.stream().map(Workflow::name).toList();
        if (workflow.isEmpty()) {
            if (workflows.size() == 1) {
                return workflows.getFirst();
            }
            throw several(names);
        }
        return workflows.stream()
                .filter(w -> w.name().equals(workflow))
                .findFirst()
                .orElseThrow(() -> unknown(names));
    }

    private Problems several(List<String> names) {
        if (names.isEmpty()) {
            return new Problems(
                    new Problem(
                            "SLOTH-9007",
                            "the script defines no workflow",
                            new Span(shown, 0, 0),
                            "define one: `workflow.define(\"name\"):tasks({ ... })`"));
        }
        return new Problems(
                new Problem(
                        "SLOTH-9003",
                        "the script defines %d workflows: %s"
                                .formatted(names.size(), listed(names)),
                        new Span(shown, 0, 0),
                        "name one: `sloth-runner run " + names.getFirst() + " -f " + shown + "`"));
    }

    private Problems unknown(List<String> names) {
        return new Problems(
                new Problem(
                        "SLOTH-9004",
                        "there is no workflow '" + workflow + "'",
                        new Span(shown, 0, 0),
                        Nearest.hint(workflow, names, "the script defines " + listed(names))));
    }

    private static String listed(List<String> names) {
        var first = names.stream().limit(NAMES_SHOWN_MAX).collect(Collectors.joining(", "));
        return names.size() > NAMES_SHOWN_MAX ? first + ", ..." : first;
    }
}
