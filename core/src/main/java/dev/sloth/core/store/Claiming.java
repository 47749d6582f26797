package dev.sloth.core.store;

import java.time.Instant;

/// What came of asking for a run.
public sealed interface Claiming {
    /// It is yours now, and nobody else's.
    record Granted(Claim claim) implements Claiming {}

    /// Somebody drives it who may well be alive.
    record Held(Owner by, Instant until) implements Claiming {}

    /// Nothing is left to be driven.
    record Over() implements Claiming {}

    /// There is no such run.
    record Unknown() implements Claiming {}
}
