package dev.sloth.agent;

import org.jspecify.annotations.Nullable;

/// Holds on to the script of some work, so that it can be stopped from outside.
final class Leash {
    private @Nullable Script held;
    private @Nullable String reason;

    /// From now on pulling stops this script; at once when the pull came before.
    synchronized void hold(Script script) {
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
