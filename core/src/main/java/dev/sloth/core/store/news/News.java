package dev.sloth.core.store.news;

/// Tells of what was written.
public interface News {
    /// Calls `told` soon after something was written by anybody, this process or another; also when
    /// nothing was, at times. Ends when it is closed.
    ///
    /// @param told must be quick; it is called by a thread of the store
    Listening listen(Runnable told);

    /// Ends the calls; one may be under way.
    interface Listening extends AutoCloseable {
        @Override
        void close();
    }
}
