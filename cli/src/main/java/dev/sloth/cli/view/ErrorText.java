package dev.sloth.cli.view;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Span;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// How errors look, in every command alike: what is wrong with its code, where, the lines around,
/// and what to do about it. Their words may be those of a script: see [Visible].
public final class ErrorText {
    /// How many places of a traceback are shown.
    private static final int TRACEBACK_MAX = 30;

    private final Path folder;
    private final Style style;
    private final UnaryOperator<String> hiding;

    /// `folder` is where relative file names start.
    public ErrorText(Path folder, Style style) {
        this(folder, style, UnaryOperator.identity());
    }

    /// @param hiding takes from the lines of scripts what is not to be seen
    public ErrorText(Path folder, Style style, UnaryOperator<String> hiding) {
        this.folder = folder;
        this.style = style;
        this.hiding = hiding;
    }

    /// One problem with what the user gave us.
    public List<String> problem(Problem problem) {
        return block("error", problem);
    }

    /// Something that works but is probably not meant.
    public List<String> warning(Problem problem) {
        return block("warning", problem);
    }

    private List<String> block(String word, Problem problem) {
        var lines = new ArrayList<String>();
        var head = word + " " + problem.code() + ":";
        var painted = word.equals("error") ? style.red(head) : style.yellow(head);
        lines.add(style.bold(painted) + " " + Visible.of(problem.message()));
        lines.addAll(place(problem.at()));
        if (!problem.remedy().isEmpty()) {
            lines.add("  " + style.cyan("help:") + " " + Visible.of(problem.remedy()));
        }
        return lines;
    }

    /// All problems, an empty line between two.
    public List<String> problems(List<Problem> problems) {
        var lines = new ArrayList<String>();
        for (var problem : problems) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(problem(problem));
        }
        return lines;
    }

    /// Something raised by a script: its message, the place, and the way there.
    public List<String> raised(String message, Span at, List<String> traceback) {
        var lines = new ArrayList<String>();
        lines.add(style.bold(style.red("error:")) + " " + Visible.of(message));
        lines.addAll(place(at));
        lines.addAll(traceback(traceback));
        return lines;
    }

    List<String> place(Span at) {
        if (at.toString().isEmpty()) {
            return List.of();
        }
        var lines = new ArrayList<String>();
        lines.add("  " + style.faint("at") + " " + Visible.of(at.toString()));
        lines.addAll(Excerpt.of(at, folder, style, hiding));
        return lines;
    }

    /// The places that led to an error, innermost first.
    public List<String> traceback(List<String> places) {
        if (places.isEmpty()) {
            return List.of();
        }
        var lines = new ArrayList<String>();
        lines.add("  " + style.faint("traceback:"));
        places.stream()
                .limit(TRACEBACK_MAX)
                .forEach(p -> lines.add("    " + Visible.of(p.strip())));
        if (places.size() > TRACEBACK_MAX) {
            lines.add("    ... and " + (places.size() - TRACEBACK_MAX) + " more");
        }
        return lines;
    }

    /// A fault of ours: one line, and the stack only for those who ask.
    public List<String> internal(Throwable fault, boolean withStack) {
        var lines = new ArrayList<String>();
        var what = String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
        lines.add(
                style.bold(style.red("error SLOTH-9000:"))
                        + " a fault in sloth-runner itself: "
                        + fault.getClass().getSimpleName()
                        + ": "
                        + what
                        + ". Please report it"
                        + (withStack ? "." : " with what -v shows."));
        if (withStack) {
            lines.addAll(stack(fault));
        }
        return lines;
    }

    /// Where a fault happened.
    public static List<String> stack(Throwable fault) {
        var stack = new StringWriter();
        fault.printStackTrace(new PrintWriter(stack, true));
        return stack.toString().lines().toList();
    }
}
