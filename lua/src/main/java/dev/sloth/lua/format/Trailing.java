package dev.sloth.lua.format;

import java.util.ArrayList;
import java.util.List;

/// Comments behind code. Those that the author put below each other are put below each other again,
/// one blank behind the longest of their lines.
final class Trailing {
    /// How many lines may be between two comments that are aligned.
    private static final int LINES_BETWEEN_MAX = 3;

    private final List<Comment> comments = new ArrayList<>();

    /// @param at where it stands in what was written
    /// @param width of the code before it
    /// @param column where the author put it
    private record Comment(int at, int line, int width, int column) {
        boolean follows(Comment before) {
            return column == before.column && line - before.line <= LINES_BETWEEN_MAX + 1;
        }
    }

    void add(int at, int line, int width, int column) {
        comments.add(new Comment(at, line, width, column));
    }

    /// Moves comments of a text in which each stands one blank behind its code.
    String align(StringBuilder text) {
        StringBuilder aligned = new StringBuilder(text.length());
        int done = 0;
        for (int first = 0; first < comments.size(); ) {
            int end = first + 1;
            while (end < comments.size() && comments.get(end).follows(comments.get(end - 1))) {
                end++;
            }
            List<Comment> group = comments.subList(first, end);
            int width = group.stream().mapToInt(Comment::width).max().orElse(0);
            for (Comment comment : group) {
                aligned.append(text, done, comment.at()).repeat(' ', width - comment.width());
                done = comment.at();
            }
            first = end;
        }
        return aligned.append(text, done, text.length()).toString();
    }
}
