package dev.sloth.agent;

import org.jspecify.annotations.Nullable;

/// Holds on to the script of some work, so that it can be stopped from outside.
final class Leash {
    private @Nullable Stoppable held;
    private @Nullable String reason;

    /// What runs until it ends, or is killed.
    @FunctionalInterface
    interface Stoppable {
        /// From any thread; what is under way ends soon after.
        void kill(String reason);
    }

    /// From now on pulling stops this script; at once when the pull came before.
    synchronized void hold(Stoppable script) {
        held = script;
        if (reason != null) {
            script.kill(reason);
        }
    }

    synchronized void pull(String why) {
        reason = why;
        if (held != null) {
            held.kill(why);
        }
    }

    synchronized boolean pulled() {
        return reason != null;
    }
}
