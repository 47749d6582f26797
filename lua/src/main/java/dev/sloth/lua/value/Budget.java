package dev.sloth.lua.value;

/// What a state may use up.
///
/// @param steps calls and loop turns in the state's whole life; then it is killed
/// @param callDepth calls within calls in one coroutine; then "stack overflow"
/// @param hostDepth host functions within host functions, such as `pcall` in `pcall`; then "C stack
///   overflow"
/// @param stringBytes size of one string; then "string length overflow"
/// @param memoryBytes live memory, measured by walking what is reachable; then "not enough memory"
/// @param coroutines coroutines that are suspended or running at once; then "too many coroutines"
/// @param fibers functions that run beside the host's calls at once; then "too many goroutines at
///   once"
/// @param pool what it has together with other states; then "not enough memory for all scripts
///   together"
public record Budget(
        long steps,
        int callDepth,
        int hostDepth,
        int stringBytes,
        long memoryBytes,
        int coroutines,
        int fibers,
        MemoryPool pool) {
    public static final long STEPS_DEFAULT = 100_000_000_000L;
    public static final int CALL_DEPTH_DEFAULT = 20_000;
    public static final int HOST_DEPTH_DEFAULT = 220;
    public static final int STRING_BYTES_DEFAULT = 64 << 20;
    public static final long MEMORY_BYTES_DEFAULT = 256L << 20;
    public static final int COROUTINES_DEFAULT = 10_000;
    public static final int FIBERS_DEFAULT = 10_000;

    /// How often a script may be refused memory without freeing any; then it is killed. It may
    /// catch "not enough memory" and go on, but not for ever.
    public static final int MEMORY_REFUSALS_MAX = 50;

    /// Generous enough for any sane workflow.
    public static final Budget DEFAULT =
            new Budget(
                    STEPS_DEFAULT,
                    CALL_DEPTH_DEFAULT,
                    HOST_DEPTH_DEFAULT,
                    STRING_BYTES_DEFAULT,
                    MEMORY_BYTES_DEFAULT,
                    COROUTINES_DEFAULT,
                    FIBERS_DEFAULT,
                    MemoryPool.UNBOUNDED);

    public Budget {
        if (steps <= 0
                || callDepth <= 0
                || hostDepth <= 0
                || stringBytes <= 0
                || memoryBytes <= 0
                || coroutines <= 0
                || fibers <= 0) {
            throw new IllegalArgumentException("every budget must be positive");
        }
    }

    public Budget withSteps(long most) {
        return new Budget(
                most, callDepth, hostDepth, stringBytes, memoryBytes, coroutines, fibers, pool);
    }

    public Budget withCallDepth(int most) {
        return new Budget(
                steps, most, hostDepth, stringBytes, memoryBytes, coroutines, fibers, pool);
    }

    public Budget withHostDepth(int most) {
        return new Budget(
                steps, callDepth, most, stringBytes, memoryBytes, coroutines, fibers, pool);
    }

    public Budget withStringBytes(int most) {
        return new Budget(steps, callDepth, hostDepth, most, memoryBytes, coroutines, fibers, pool);
    }

    public Budget withMemoryBytes(long most) {
        return new Budget(steps, callDepth, hostDepth, stringBytes, most, coroutines, fibers, pool);
    }

    public Budget withCoroutines(int most) {
        return new Budget(
                steps, callDepth, hostDepth, stringBytes, memoryBytes, most, fibers, pool);
    }

    public Budget withFibers(int most) {
        return new Budget(
                steps, callDepth, hostDepth, stringBytes, memoryBytes, coroutines, most, pool);
    }

    /// Within what others have with it.
    public Budget withPool(MemoryPool shared) {
        return new Budget(
                steps, callDepth, hostDepth, stringBytes, memoryBytes, coroutines, fibers, shared);
    }
}
