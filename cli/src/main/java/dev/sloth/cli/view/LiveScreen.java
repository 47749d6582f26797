package dev.sloth.cli.view;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// Draws a picture at the bottom of a terminal, again and again in place, while lines scroll past
/// above it. Safe for use by several threads.
public final class LiveScreen implements AutoCloseable {
    private static final String HIDE_CURSOR = "\u001b[?25l";

    /// For those who end without closing.
    public static final String SHOW_CURSOR = "\u001b[?25h";

    private static final String TO_LINE_START = "\r";
    private static final String ERASE_BELOW = "\u001b[J";
    private static final int WIDTH_UNKNOWN = 80;
    private static final int HEIGHT_UNKNOWN = 24;

    /// How many lines may wait for the next drawing.
    private static final int PASSING_MAX = 500;

    private final PrintStream out;
    private final Terminal terminal;
    private int drawn;
    private boolean closed;
    private List<String> picture = List.of();
    private final List<String> passing = new ArrayList<>();

    /// What is drawn on.
    public record Size(int width, int height) {}

    /// The terminal is asked for its size only; it stays in the mode it is in.
    public static LiveScreen open(PrintStream out) throws IOException {
        var terminal =
                TerminalBuilder.builder().system(true).dumb(true).nativeSignals(false).build();
        out.print(HIDE_CURSOR);
        out.flush();
        return new LiveScreen(out, terminal);
    }

    private LiveScreen(PrintStream out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    public Size size() {
        var size = terminal.getSize();
        return new Size(
                size.getColumns() > 0 ? size.getColumns() : WIDTH_UNKNOWN,
                size.getRows() > 0 ? size.getRows() : HEIGHT_UNKNOWN);
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
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        pass();
        out.print(SHOW_CURSOR);
        out.flush();
        terminal.close();
    }
}
