package dev.sloth.cli;

import dev.sloth.api.workflow.FileTrouble;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// The scripts that the words of a command line mean: files, folders with all scripts in and below
/// them, or a dash for the standard input.
final class ScriptTexts {
    static final String TYPED = "-";

    /// How many files one command line may mean.
    private static final int FILES_MAX = 10_000;

    /// What messages call a text of which nothing else is known.
    static final String STDIN = "stdin";

    private final Given given;
    private final String typed;
    private final List<Problem> problems = new ArrayList<>();

    /// @param typed what messages call the standard input
    ScriptTexts(Given given, String typed) {
        this.given = given;
        this.typed = typed;
    }

    static Spec.Positionals positionals() {
        return Specs.positionals(
                "FILE|DIR|-",
                1,
                Spec.Positionals.MANY,
                "Scripts, folders with scripts (*.sloth, *.lua, Slothfile), or - for standard"
                        + " input.");
    }

    /// Does something with each, and notes what is wrong with one before the next.
    ///
    /// @return everything that was wrong
    List<Problem> each(Consumer<ScriptText> work) {
        var words = given.positionals();
        if (words.contains(TYPED)) {
            if (words.size() > 1) {
                throw alone();
            }
            noting(() -> work.accept(ScriptText.typed(given.caller(), typed)));
            return problems;
        }
        var files = new LinkedHashMap<Path, Path>();
        words.forEach(word ->
                noting(() -> files(word).forEach(file -> files.putIfAbsent(itself(file), file))));
        for (var file : files.values()) {
            noting(() -> work.accept(ScriptText.read(file, shown(file))));
        }
        return problems;
    }

    /// The same for all spellings of a file.
    private static Path itself(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException _) {
            // What is wrong with it is told when it is read.
            return file;
        }
    }

    private void noting(Runnable work) {
        try {
            work.run();
        } catch (Problems e) {
            problems.addAll(e.list());
        }
    }

    private static Problems alone() {
        return new Problems(
                new Problem(
                        "SLOTH-9001",
                        "- is for the standard input alone",
                        Span.NOWHERE,
                        "give either - or files"));
    }

    private Set<Path> files(String word) {
        var file = Target.file(word, given.caller().folder());
        if (!Files.isDirectory(file)) {
            return Set.of(file);
        }
        try {
            var found = new ArrayList<Path>();
            Files.walkFileTree(file, new Search(file, found));
            found.sort(null);
            return new LinkedHashSet<>(found);
        } catch (IOException e) {
            throw ScriptText.unreadable(word, FileTrouble.words(e));
        }
    }

    private String shown(Path file) {
        var folder = given.caller().folder();
        return (file.startsWith(folder) ? folder.relativize(file) : file).toString();
    }

    /// Hidden folders hold what belongs to other programs.
    private static final class Search extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<Path> found;

        Search(Path root, List<Path> found) {
            this.root = root;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return !folder.equals(root) && name(folder).startsWith(".")
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!attributes.isRegularFile() || !isScript(name(file))) {
                return FileVisitResult.CONTINUE;
            }
            if (found.size() == FILES_MAX) {
                throw new Problems(
                        new Problem(
                                "SLOTH-9002",
                                root + " has more than " + FILES_MAX + " scripts",
                                Span.NOWHERE,
                                "name folders further down"));
            }
            found.add(file);
            return FileVisitResult.CONTINUE;
        }

        private static String name(Path path) {
            var last = path.getFileName();
            return last == null ? "" : last.toString();
        }

        private static boolean isScript(String name) {
            return name.endsWith(".sloth") || name.endsWith(".lua") || name.equals("Slothfile");
        }
    }
}
