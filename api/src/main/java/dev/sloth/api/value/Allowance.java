package dev.sloth.api.value;

/// What may be taken of a script's memory by those who work for it. Work whose size the script
/// decides takes here what it needs before it allocates it.
@FunctionalInterface
public interface Allowance {
    /// How much is taken at once for those who need little at a time, bytes.
    long STEP = 16 << 10;

    /// For work that no script asked for, whose size is bounded otherwise.
    Allowance FREE = _ -> {};

    /// Takes so many bytes, which are about to be allocated; they are given back when the work is
    /// over. What is thrown when there are not so many left ends the work, and is to be let
    /// through.
    void take(long bytes);

    /// Takes so many bytes for those who must not wait for the script, as [#take] does. While the
    /// script runs nobody can tell what it has: then they are given, up to all that it may have,
    /// and the script is refused the rest.
    ///
    /// @return false when there are not so many
    default boolean tryTake(long bytes) {
        return true;
    }

    /// The same for one thread that needs little at a time and often: takes [#STEP] bytes or more
    /// at once.
    default Allowance inSteps() {
        return new InSteps(this);
    }
}
