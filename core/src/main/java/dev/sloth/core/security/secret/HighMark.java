package dev.sloth.core.security.secret;

/// The highest count of changes that a store was seen with, kept in another place than the store: a
/// store with a lower one is an older copy.
public interface HighMark {
    /// Where there is no other place.
    HighMark NONE =
            new HighMark() {
                @Override
                public long seen() {
                    return 0;
                }

                @Override
                public void saw(long changes) {
                    // There is nowhere to keep it.
                }
            };

    /// 0 when nothing was seen yet.
    long seen();

    /// Called after each change, when it is on disk. May come late or in another order.
    void saw(long changes);
}
