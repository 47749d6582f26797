package dev.sloth.lua.value;

/// What a coroutine runs in: something that can be left and entered again.
interface Vessel {
    /// Runs what is in it until that leaves or ends.
    void enter();

    /// To be called inside; returns when it is entered again.
    void leave();

    /// Whether something stays behind, such as a thread, when it is just forgotten.
    boolean staysBehind();

    /// About how many bytes its stack takes, without the script's calls in it.
    long bytes();

    /// How many calls within calls there is room for.
    ///
    /// @param left how many the thread that enters has room for
    int room(int left);
}
