package dev.sloth.core.run;

import java.util.ArrayList;
import java.util.List;

/// A journal that lives as long as the process, for runs that nobody will want to resume. Used by
/// one thread at a time.
public final class MemoryJournal implements Journal {
    private final List<RunEvent> kept = new ArrayList<>();

    @Override
    public void append(List<RunEvent> events, RunState after) {
        kept.addAll(events);
    }

    @Override
    public RunState restore() {
        return RunEngine.evolve(RunEngine.start(), kept);
    }

    /// Everything kept so far, in order.
    public List<RunEvent> read() {
        return List.copyOf(kept);
    }
}
