package dev.sloth.plugins.goroutine;

import dev.sloth.api.plugin.Keeper;
import dev.sloth.api.value.Value;

/// A wait at one or several channels, of which one will be chosen. The one who comes to the channel
/// decides it, and what was to be told of that is told last.
final class Choice {
    private final Runnable told;
    private final Keeper behind;
    private int chosen = -1;
    private Value value = Value.Nil.NIL;
    private boolean open;

    /// @param behind what whoever waits keeps for the script meanwhile
    Choice(Runnable told, Keeper behind) {
        this.told = told;
        this.behind = behind;
    }

    Keeper behind() {
        return behind;
    }

    boolean decided() {
        return chosen >= 0;
    }

    void decide(int index, Value received, boolean stillOpen) {
        if (decided()) {
            throw new IllegalStateException("a choice is decided once");
        }
        chosen = index;
        value = received;
        open = stillOpen;
        told.run();
    }

    int chosen() {
        return chosen;
    }

    /// What was received, nil for a send.
    Value value() {
        return value;
    }

    /// Whether the channel was open: else a send has failed, or nothing more is to be received.
    boolean open() {
        return open;
    }
}
