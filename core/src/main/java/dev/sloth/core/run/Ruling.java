package dev.sloth.core.run;

import dev.sloth.api.value.Value;

/// What somebody decided about an attempt of which nobody can tell whether it ran.
public sealed interface Ruling {
    /// It did what it was to do, and gave this.
    record Succeeded(Value.Table outputs) implements Ruling {}

    /// It failed, and is not tried again.
    record Failed() implements Ruling {}

    /// It is to be tried again.
    record Again() implements Ruling {}
}
