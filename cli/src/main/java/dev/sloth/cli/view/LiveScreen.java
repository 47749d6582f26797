package dev.sloth.cli.view;

import dev.sloth.agent.process.TerminalSize;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Draws a picture at the bottom of a terminal, again and again in place, while lines scroll past
/// above it. Safe for use by several threads.
public final class LiveScreen implements AutoCloseable {
    private static final String HIDE_CURSOR = "\u001b[?25l";

    /// For those who end without closing.
    public static final String SHOW_CURSOR = "\u001b[?25h";

    private static final String TO_LINE_START = "\r";
    private static final String ERASE_BELOW = "\u001b[J";

    /// Of a terminal that does not tell.
    private static final TerminalSize UNKNOWN = new TerminalSize(80, 24);

    /// Of the looks at the size, each so many ask the terminal.
    private static final int LOOKS_PER_ASKING = 10;

    /// How many lines may wait for the next drawing.
    private static final int PASSING_MAX = 500;

    private final PrintStream out;
    private final Supplier<Optional<TerminalSize>> asked;
    private TerminalSize size = UNKNOWN;
    private int looks;
    private int drawn;
    private boolean closed;
    private List<String> picture = List.of();
    private final List<String> passing = new ArrayList<>();

    public static LiveScreen open(PrintStream out) {
        return open(out, TerminalSize::ask);
    }

    static LiveScreen open(PrintStream out, Supplier<Optional<TerminalSize>> asked) {
        out.print(HIDE_CURSOR);
        out.flush();
        return new LiveScreen(out, asked);
    }

    private LiveScreen(PrintStream out, Supplier<Optional<TerminalSize>> asked) {
        this.out = out;
        this.asked = asked;
    }

    /// As it was lately: windows change rarely, and asking takes a process. For the one thread that
    /// draws.
    public TerminalSize size() {
        if (looks % LOOKS_PER_ASKING == 0) {
            asked.get().ifPresent(answer -> size = answer);
        }
        looks++;
        return size;
    }

    /// Lets a line scroll past above the picture; it shows with the next drawing, or at once when
    /// many lines wait.
    public synchronized void scroll(String line) {
        if (closed) {
            out.print(line + "\n");
            return;
        }
        passing.add(line);
        if (passing.size() >= PASSING_MAX) {
            redraw();
        }
    }

    /// Replaces the picture.
    public synchronized void draw(List<String> lines) {
        if (!closed) {
            picture = List.copyOf(lines);
            redraw();
        }
    }

    private String erased() {
        var up = drawn > 0 ? "\u001b[" + drawn + "A" : "";
        return up + TO_LINE_START + ERASE_BELOW;
    }

    private void redraw() {
        pass();
        picture.forEach(line -> out.print(line + "\n"));
        drawn = picture.size();
        out.flush();
    }

    /// Erases the picture and lets go of the lines that wait.
    private void pass() {
        out.print(erased());
        passing.forEach(line -> out.print(line + "\n"));
        passing.clear();
        drawn = 0;
    }

    /// Takes the picture away and gives the cursor back.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        pass();
        out.print(SHOW_CURSOR);
        out.flush();
    }
}
