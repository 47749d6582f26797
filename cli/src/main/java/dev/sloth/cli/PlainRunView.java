package dev.sloth.cli;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.cli.view.Board;
import java.io.PrintStream;
import java.util.List;

/// A run as plain lines, each with the task it is about: for pipes and files.
final class PlainRunView extends NewsView {
    private final PrintStream sink;

    /// @param from where it is followed
    PlainRunView(Board board, PrintStream sink, Vantage from) {
        super(board, from);
        this.sink = sink;
    }

    @Override
    void tell(List<RunNews.Line> lines) {
        for (var line : lines) {
            var prefix = line.task().map(t -> prefix(t)).orElse("");
            line.text().lines().forEach(part -> write(prefix + part));
        }
    }

    static String prefix(TaskName task) {
        return "[" + task + "] ";
    }

    @Override
    void written(AttemptId attempt, String line) {
        write(prefix(attempt.task()) + line);
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
