package dev.sloth.api.plugin;

import dev.sloth.api.value.Value;
import java.util.function.Consumer;

/// Something of a module that keeps values of a script: the target of a handle such as a channel,
/// something kept with [Host#keep], or a wait. What it keeps counts as the script's memory.
@FunctionalInterface
public interface Keeper {
    /// One that keeps nothing.
    Keeper NOTHING = _ -> {};

    /// Shows each value that it keeps. Another keeper that this one leads to is shown as a handle.
    /// Called at any time at which the script's own functions may run.
    void show(Consumer<Value> each);
}
