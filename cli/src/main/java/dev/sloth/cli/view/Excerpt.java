package dev.sloth.cli.view;

import dev.sloth.api.workflow.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// The lines of a script around a place, with a caret under the column.
final class Excerpt {
    private static final int LINES_AROUND = 2;
    private static final int WIDTH_MAX = 160;
    private static final long FILE_BYTES_MAX = 16L << 20;

    private Excerpt() {}

    /// Nothing when the place is not in a file that can be read; `folder` is where relative file
    /// names start.
    ///
    /// @param hiding takes from a line what is not to be seen
    static List<String> of(Span at, Path folder, Style style, UnaryOperator<String> hiding) {
        if (at.line() < 1) {
            return List.of();
        }
        var text = lines(at, folder);
        if (at.line() > text.size()) {
            return List.of();
        }
        int first = Math.max(1, at.line() - LINES_AROUND);
        int last = Math.min(text.size(), at.line() + LINES_AROUND);
        int gutter = Integer.toString(last).length() + 2;
        var shown = new ArrayList<String>();
        for (int n = first; n <= last; n++) {
            var line = hiding.apply(text.get(n - 1));
            var number = " ".repeat(gutter - Integer.toString(n).length()) + n + " | ";
            var code = Columns.cut(Columns.tame(line), WIDTH_MAX);
            shown.add((style.faint(number) + code).stripTrailing());
            if (n == at.line() && at.column() > 0) {
                var bar = " ".repeat(gutter) + " | ";
                shown.add(
                        style.faint(bar)
                                + " ".repeat(before(text.get(n - 1), at.column(), hiding))
                                + style.red("^"));
            }
        }
        return shown;
    }

    /// How many columns stand before a byte column of a line.
    private static int before(String line, int column, UnaryOperator<String> hiding) {
        var bytes = line.getBytes(StandardCharsets.UTF_8);
        int count = Math.min(column - 1, bytes.length);
        var prefix = new String(bytes, 0, count, StandardCharsets.UTF_8);
        return Math.min(WIDTH_MAX, Columns.width(Columns.tame(hiding.apply(prefix))));
    }

    private static List<String> lines(Span at, Path folder) {
        try {
            var file = folder.resolve(at.file());
            if (!Files.isRegularFile(file) || Files.size(file) > FILE_BYTES_MAX) {
                return List.of();
            }
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException | InvalidPathException e) {
            // The place alone is shown then: the file was there a moment ago, or never was one.
            return List.of();
        }
    }
}
