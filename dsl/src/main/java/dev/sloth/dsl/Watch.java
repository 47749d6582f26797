package dev.sloth.dsl;

/// Something that is done when its time has come, unless this is closed before.
final class Watch implements AutoCloseable {
    private final Watches among;
    private final long end;
    private final Runnable due;

    /// @param end by the clock of the others
    Watch(Watches among, long end, Runnable due) {
        this.among = among;
        this.end = end;
        this.due = due;
    }

    void look(long now) {
        if (now - end >= 0) {
            due.run();
            close();
        }
    }

    @Override
    public void close() {
        among.end(this);
    }
}
