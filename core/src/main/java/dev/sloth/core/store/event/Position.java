package dev.sloth.core.store.event;

/// How far somebody has read, in each of the places where facts are kept.
///
/// @param runs the number of the last page of journals
/// @param state the number of the last change of shared state
/// @param told the number of the last fact that was told
public record Position(long runs, long state, long told) {
    public static final Position START = new Position(0, 0, 0);
}
