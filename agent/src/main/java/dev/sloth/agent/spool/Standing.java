package dev.sloth.agent.spool;

/// How far the lines of an attempt are.
///
/// @param lines how many were added: the next one gets this number
/// @param stored how many the master has on its disk
/// @param ended whether no more will come
public record Standing(String id, long lines, long stored, boolean ended) {
    /// Whether nothing is left to be done for it.
    public boolean isDone() {
        return ended && stored >= lines;
    }
}
