package dev.sloth.lua.value;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Memory that several states have together, whatever each may have for itself: so many scripts at
/// once stay within a heap.
///
/// What a state takes from it is what it has alive and what it has allocated since it looked, in
/// portions. When more than half is taken, states look more often, and so return what is garbage.
/// The last quarter is for those who have little, so that a few that want all of it do not starve
/// the others. Safe for use by many threads at once.
public final class MemoryPool {
    /// For states that are bounded by their own budgets only.
    public static final MemoryPool UNBOUNDED = new MemoryPool(Long.MAX_VALUE);

    private static final int FOR_THE_SMALL = 4;

    private static final long PORTION_MIN = 64 << 10;
    private static final long PORTION_MAX = 1 << 20;

    /// A share grows by an eighth at least.
    private static final int PORTION_OF_SHARE = 8;

    private final long most;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicInteger shares = new AtomicInteger();

    /// @param most bytes of all states together
    public MemoryPool(long most) {
        if (most <= 0) {
            throw new IllegalArgumentException("a pool must have room");
        }
        this.most = most;
    }

    /// Bytes that all states may have together.
    public long most() {
        return most;
    }

    /// Bytes that they have now.
    public long taken() {
        return taken.get();
    }

    /// Whether what one state has may be lacking for another.
    boolean isBounded() {
        return most < Long.MAX_VALUE;
    }

    Share open() {
        if (isBounded()) {
            shares.incrementAndGet();
        }
        return new Share();
    }

    /// What one state has of it. Touched by who runs in the state only.
    final class Share {
        private long bytes = isBounded() ? 0 : Long.MAX_VALUE;
        private boolean closed;

        long bytes() {
            return bytes;
        }

        /// Whether others have any of it, which they might give back.
        boolean isOfMany() {
            return taken.get() > bytes;
        }

        /// Whether states should look whether what they have is garbage.
        boolean isScarce() {
            return isBounded() && taken.get() > most / 2;
        }

        /// Takes more where it has less than this; false when there is no room for it.
        boolean cover(long wanted) {
            return wanted <= bytes || grow(wanted + portion(wanted)) || grow(wanted);
        }

        /// Gives back what is much more than this.
        void settle(long needed) {
            long enough = needed + portion(needed);
            if (isBounded() && !closed && bytes > enough) {
                taken.addAndGet(enough - bytes);
                bytes = enough;
            }
        }

        /// Gives all back, for good.
        void close() {
            if (isBounded() && !closed) {
                closed = true;
                taken.addAndGet(-bytes);
                shares.decrementAndGet();
                bytes = Long.MAX_VALUE;
            }
        }

        private boolean grow(long to) {
            long room = most - (isSmall(to) ? 0 : most / FOR_THE_SMALL);
            for (long before = taken.get(); before + to - bytes <= room; before = taken.get()) {
                if (taken.compareAndSet(before, before + to - bytes)) {
                    bytes = to;
                    return true;
                }
            }
            return false;
        }

        /// All that are small together fit into what is kept for them.
        private boolean isSmall(long to) {
            return to <= most / FOR_THE_SMALL / Math.max(shares.get(), 1);
        }

        private static long portion(long of) {
            return Math.clamp(of / PORTION_OF_SHARE, PORTION_MIN, PORTION_MAX);
        }
    }
}
