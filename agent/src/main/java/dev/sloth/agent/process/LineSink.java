package dev.sloth.agent.process;

/// Takes the lines that a child writes, as they come; one at a time for each child.
@FunctionalInterface
public interface LineSink {
    /// A line without its end. A slow taker slows the child down.
    void line(Stream stream, String line);

    /// What bytes go through before they become lines: a new one for each stream.
    default ByteFilter filter() {
        return ByteFilter.NONE;
    }

    /// Which of the two a child wrote to.
    enum Stream {
        STDOUT,
        STDERR
    }
}
