package dev.sloth.lua.debug;

/// Is told what happens to scripts. Most of it is told on threads that run them, which wait
/// meanwhile: whoever has much to do does it elsewhere, and nobody may ask a [Halt] from here.
/// Whoever wants to know less than all leaves out the rest.
public interface DebugListener {
    /// A script was stopped. It waits until somebody lets it go on.
    void stopped(Halt halt);

    /// It goes on, or was killed.
    default void wentOn(Halt halt) {}

    /// More is known of a breakpoint: its file was read.
    default void placed(Breakpoint.Placed breakpoint) {}

    /// A breakpoint says what it was told to, or what is wrong with it.
    default void said(String text, String chunk, int line) {}

    /// Something runs that can be stopped.
    default void began(Strand.Line line) {}

    /// It has ended.
    default void ended(Strand.Line line) {}
}
