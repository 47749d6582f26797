package dev.sloth.cli;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.cli.view.Board;
import dev.sloth.core.run.RunEvent;
import dev.sloth.master.afar.Place;
import java.io.PrintStream;
import java.util.List;

/// A run as plain lines, each with the task it is about: for pipes and files.
final class PlainRunView implements RunView {
    private final Board board;
    private final RunNews news;
    private final PrintStream sink;

    /// @param delegated whether agents do its tasks
    PlainRunView(Board board, PrintStream sink, boolean delegated) {
        this.board = board;
        this.news = new RunNews(board, delegated);
        this.sink = sink;
    }

    @Override
    public void event(RunEvent event) {
        tell(news.take(event));
    }

    @Override
    public void placed(Place.Of place) {
        tell(news.placed(place));
    }

    @Override
    public void begun(AttemptId attempt, String agent) {
        tell(news.begun(attempt, agent));
    }

    private void tell(List<RunNews.Line> lines) {
        for (var line : lines) {
            var prefix = line.task().map(t -> prefix(t)).orElse("");
            line.text().lines().forEach(part -> write(prefix + part));
        }
    }

    static String prefix(TaskName task) {
        return "[" + task + "] ";
    }

    @Override
    public void line(AttemptId attempt, String line) {
        news.written(attempt);
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
