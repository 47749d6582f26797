package dev.sloth.cli;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.cli.view.Board;
import dev.sloth.core.run.RunEvent;
import java.io.PrintStream;

/// A run as plain lines, each with the task it is about: for pipes and files.
final class PlainRunView implements RunView {
    private final Board board;
    private final RunNews news;
    private final PrintStream sink;

    PlainRunView(Board board, PrintStream sink) {
        this.board = board;
        this.news = new RunNews(board);
        this.sink = sink;
    }

    @Override
    public void event(RunEvent event) {
        news.take(event)
                .ifPresent(line -> {
                    var prefix = line.task().map(t -> prefix(t)).orElse("");
                    line.text().lines().forEach(part -> write(prefix + part));
                });
    }

    static String prefix(TaskName task) {
        return "[" + task + "] ";
    }

    @Override
    public void line(AttemptId attempt, String line) {
        var task = attempt.task();
        board.line(task, line);
        write(prefix(task) + line);
    }

    @Override
    public void note(String line) {
        write(line);
    }

    /// One call for each line, so that those of several tasks do not mix.
    private void write(String line) {
        synchronized (this) {
            sink.print(line + "\n");
            sink.flush();
        }
    }

    @Override
    public void close() {
        sink.flush();
    }
}
