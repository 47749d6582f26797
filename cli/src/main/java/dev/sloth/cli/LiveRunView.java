package dev.sloth.cli;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.cli.view.Board;
import dev.sloth.cli.view.LiveScreen;
import dev.sloth.cli.view.LiveView;
import dev.sloth.cli.view.Style;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A run on a terminal: a picture of its tasks that is drawn again and again, and above it the
/// lines of their output.
final class LiveRunView extends NewsView {
    private static final Duration FRAME = Duration.ofMillis(100);

    /// The rest of the terminal is for the lines that scroll past.
    private static final double SHARE_OF_HEIGHT = 2.0 / 3;

    private final Board board;
    private final LiveScreen screen;
    private final Style style;
    private final InstantSource time;
    private final java.time.Instant started;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread painter;

    /// @param from where it is followed
    LiveRunView(Board board, PrintStream out, Style style, InstantSource time, Vantage from) {
        super(board, from);
        this.board = board;
        this.screen = LiveScreen.open(out);
        this.style = style;
        this.time = time;
        this.started = time.instant();
        this.painter = Thread.ofPlatform().daemon().name("live view").start(this::paint);
    }

    private void paint() {
        try {
            while (!over.await(FRAME.toMillis(), TimeUnit.MILLISECONDS)) {
                draw();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void draw() {
        var size = screen.size();
        var now = time.instant();
        screen.draw(
                LiveView.lines(
                        board.workflow(),
                        board.snapshot(),
                        Duration.between(started, now),
                        now,
                        size.width(),
                        (int) (size.height() * SHARE_OF_HEIGHT),
                        style));
    }

    /// The picture tells of the tasks; only what it does not show scrolls.
    @Override
    void tell(List<RunNews.Line> lines) {
        for (var line : lines) {
            if (!line.pictured()) {
                var prefix = line.task().map(task -> prefixed(task)).orElse("");
                screen.scroll(prefix + line.text());
            }
        }
    }

    private String prefixed(TaskName task) {
        return style.cyan(PlainRunView.prefix(task).strip()) + " ";
    }

    @Override
    void written(AttemptId attempt, String line) {
        screen.scroll(prefixed(attempt.task()) + line);
    }

    @Override
    public void note(String line) {
        screen.scroll(line);
    }

    @Override
    public void close() {
        over.countDown();
        try {
            painter.join();
            screen.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
