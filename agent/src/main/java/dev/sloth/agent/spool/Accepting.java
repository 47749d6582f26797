package dev.sloth.agent.spool;

import java.util.Optional;

/// What a journal says to an order.
public sealed interface Accepting {
    /// It was never seen, and is on the disk now: it is to be done.
    record New() implements Accepting {}

    /// It was accepted before: it is not to be done again.
    ///
    /// @param result what came of it, when that is known already
    record Known(Optional<byte[]> result) implements Accepting {}

    /// There is no room for it; nothing was written.
    ///
    /// @param held how many orders are held that are open, or that are remembered
    /// @param max how many of them there may be
    record Full(int held, int max) implements Accepting {}
}
