package dev.sloth.cli;

import dev.sloth.cli.view.Document;
import dev.sloth.core.log.LogReader;
import dev.sloth.core.log.LoggedLine;

/// Writes lines of attempts to a caller's output: as text, or as a JSON object for each.
final class LogSink implements LogReader.Sink {
    /// How often it is looked whether anybody still reads.
    private static final int CHECK_LINES = 1_000;

    private final Caller caller;
    private final boolean json;
    private final boolean named;
    private int written;
    private boolean gone;

    /// @param named whether lines of text begin with their task
    LogSink(Caller caller, boolean json, boolean named) {
        this.caller = caller;
        this.json = json;
        this.named = named;
    }

    /// False when the reader of a pipe is gone.
    @Override
    public boolean take(LoggedLine logged) {
        caller.print(json ? document(logged).line() : text(logged));
        written++;
        if (written % CHECK_LINES == 0) {
            flush();
        }
        return !gone;
    }

    void flush() {
        gone = caller.out().checkError();
    }

    private String text(LoggedLine logged) {
        var prefix = named ? PlainRunView.prefix(logged.id().task()) : "";
        return prefix + logged.line().shown();
    }

    private static Document document(LoggedLine logged) {
        return new Document()
                .with("run", logged.id().run())
                .with("task", logged.id().task())
                .with("attempt", logged.id().number())
                .with("line", logged.number())
                .with("offset", logged.offset())
                .with("at", logged.line().at())
                .with("channel", logged.line().channel())
                .with("text", logged.line().text());
    }
}
