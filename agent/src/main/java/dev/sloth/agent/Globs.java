package dev.sloth.agent;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Finds the files below a folder that a pattern means: a path, a folder, or a glob.
public final class Globs {
    /// How many files one pattern may mean.
    public static final int FILES_MAX = 10_000;

    private static final Pattern WILD = Pattern.compile("[*?\\[{\\\\]");

    private Globs() {}

    /// Paths relative to the root, in a stable order.
    ///
    /// @throws IOException when the pattern, or a link it finds, leads out of the root
    public static List<Path> find(Path root, String pattern) throws IOException {
        var matcher = matcher(pattern);
        var real = root.toRealPath();
        var found = new ArrayList<Path>();
        Files.walkFileTree(
                start(real, pattern),
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        var relative = real.relativize(file);
                        if (matcher.matches(relative) && isFile(real, file, attributes)) {
                            found.add(relative);
                        }
                        if (found.size() > FILES_MAX) {
                            throw new IOException(
                                    "%s means more than %d files".formatted(pattern, FILES_MAX));
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        found.sort(null);
        return found;
    }

    /// As far down as the pattern says without a wildcard: what is beside that may be a large disk.
    private static Path start(Path root, String pattern) {
        var start = root;
        for (Path name : Path.of(pattern)) {
            var next = start.resolve(name).normalize();
            if (WILD.matcher(name.toString()).find()
                    || Files.isSymbolicLink(next)
                    || !Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
                return start;
            }
            start = next;
        }
        return start;
    }

    private static boolean isFile(Path root, Path file, BasicFileAttributes attributes)
            throws IOException {
        if (!attributes.isSymbolicLink()) {
            return attributes.isRegularFile();
        }
        if (!Files.exists(file)) {
            return false;
        }
        if (!file.toRealPath().startsWith(root)) {
            throw new IOException(
                    root.relativize(file) + " is a link that leads out of the folder");
        }
        return Files.isRegularFile(file);
    }

    static PathMatcher matcher(String pattern) throws IOException {
        var plain = pattern.startsWith("./") ? pattern.substring(2) : pattern;
        if (plain.isEmpty() || plain.startsWith("/") || (plain + "/").contains("../")) {
            throw new IOException("'" + pattern + "' leads out of the folder");
        }
        var trimmed = plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
        try {
            var glob = glob(trimmed);
            var below = glob(trimmed + "/**");
            // In other shells `**/` also means no folder at all.
            var flat = trimmed.startsWith("**/") ? glob(trimmed.substring(3)) : glob;
            var literal = Path.of(trimmed);
            return path ->
                    path.equals(literal)
                            || path.startsWith(literal)
                            || glob.matches(path)
                            || below.matches(path)
                            || flat.matches(path);
        } catch (PatternSyntaxException e) {
            throw new IOException("'" + pattern + "' is not a pattern: " + e.getDescription(), e);
        }
    }

    private static PathMatcher glob(String pattern) {
        return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    }
}
