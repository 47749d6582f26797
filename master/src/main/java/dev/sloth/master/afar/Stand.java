package dev.sloth.master.afar;

/// How far a run is.
///
/// @param events how many its journal has
/// @param chunks how many chunks of output there are
/// @param ended also when there is no such run any more
public record Stand(long events, long chunks, boolean ended) {
    /// Nothing more comes.
    static final Stand OVER = new Stand(0, 0, true);
}
