package dev.sloth.cli;

import dev.sloth.agent.process.Inherited;
import dev.sloth.core.store.NewRun;
import java.util.List;
import java.util.Map;

/// What led to this call, when a command of a hook has made it: what is done in it goes on with
/// that chain.
///
/// @param all the first one first
record Causes(List<String> all) {
    static final Causes NONE = new Causes(List.of());

    Causes {
        all = List.copyOf(all);
    }

    static Causes of(Caller caller) {
        return new Causes(caller.environment().getOrDefault(Inherited.CAUSES, "").lines().toList());
    }

    /// Those of what was asked for, or else these.
    List<String> or(List<String> asked) {
        return asked.isEmpty() ? all : asked;
    }

    /// For a run that is started.
    Map<String, String> label() {
        return all.isEmpty() ? Map.of() : Map.of(NewRun.BECAUSE, String.join(NewRun.THEN, all));
    }
}
