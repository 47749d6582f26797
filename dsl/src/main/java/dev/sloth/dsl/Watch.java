package dev.sloth.dsl;

/// A state that is killed when its time is up, unless this is closed before.
final class Watch implements AutoCloseable {
    private final Watches among;
    private final ScriptState state;
    private final long end;
    private final String reason;

    /// @param end by `nanoTime`
    Watch(Watches among, ScriptState state, long end, String reason) {
        this.among = among;
        this.state = state;
        this.end = end;
        this.reason = reason;
    }

    void look(long now) {
        if (now - end >= 0) {
            state.kill(reason);
            close();
        }
    }

    @Override
    public void close() {
        among.end(this);
    }
}
