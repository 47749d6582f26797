package dev.sloth.agent.process;

import java.io.IOException;

/// Both outputs of a recorded command, handed on line by line. Used by one thread.
final class RecordedOutput implements AutoCloseable {
    private final Tail stdout;
    private final Tail stderr;

    RecordedOutput(CommandRecord record, int lineMax, LineSink sink) throws IOException {
        this.stdout =
                new Tail(
                        record.stdout(),
                        lineMax,
                        sink.filter(),
                        line -> sink.line(LineSink.Stream.STDOUT, line));
        this.stderr =
                new Tail(
                        record.stderr(),
                        lineMax,
                        sink.filter(),
                        line -> sink.line(LineSink.Stream.STDERR, line));
    }

    Tail stdout() {
        return stdout;
    }

    Tail stderr() {
        return stderr;
    }

    /// Hands on some of what is there; false when there was nothing new.
    boolean advance() throws IOException {
        boolean moreOut = stdout.advance();
        return stderr.advance() || moreOut;
    }

    /// Hands on all that is there, when no more will come.
    void drain() throws IOException {
        boolean more = true;
        while (more) {
            more = advance();
        }
        finish();
    }

    /// Hands on what stands behind the last end of a line.
    void finish() {
        stdout.finish();
        stderr.finish();
    }

    void rethrow() {
        stdout.rethrow();
        stderr.rethrow();
    }

    @Override
    public void close() throws IOException {
        try (stdout) {
            stderr.close();
        }
    }
}
