package dev.sloth.agent.process;

/// Changes bytes on their way from a child to its lines; one for each stream, used by one thread.
public interface ByteFilter {
    /// Lets all through.
    ByteFilter NONE =
            new ByteFilter() {
                @Override
                public void take(byte[] bytes, int count, Taker next) {
                    next.take(bytes, count);
                }

                @Override
                public void finish(Taker next) {}
            };

    /// Takes bytes, which it may hold back.
    void take(byte[] bytes, int count, Taker next);

    /// Hands on what was held back: no more will come.
    void finish(Taker next);

    /// Takes what came through.
    @FunctionalInterface
    interface Taker {
        void take(byte[] bytes, int count);
    }
}
