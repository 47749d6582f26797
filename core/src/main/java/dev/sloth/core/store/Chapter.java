package dev.sloth.core.store;

import dev.sloth.api.workflow.AttemptId;
import java.time.Instant;
import java.util.List;

/// What one step adds to a run's journal, kept whole or not at all.
///
/// @param first the number of its first event, counted from 1 over the whole run; one more than the
///   last one kept, or the store refuses
/// @param events how many there are; at least one
/// @param body the events, encoded
/// @param progress how the run stands afterwards
/// @param begun attempts that begin with this: from now on they count as begun
/// @param ended attempts that have ended
/// @param timers that are to ring; one of the same name is replaced
/// @param rung names of timers that are no longer needed; they go before `timers` come, and all go
///   when the run ends
public record Chapter(
        long first,
        int events,
        byte[] body,
        Progress progress,
        List<Begun> begun,
        List<Ended> ended,
        List<Timer> timers,
        List<String> rung) {
    public Chapter {
        if (first < 1 || events < 1) {
            throw new IllegalArgumentException("events count from 1, was " + first + "+" + events);
        }
        begun = List.copyOf(begun);
        ended = List.copyOf(ended);
        timers = List.copyOf(timers);
        rung = List.copyOf(rung);
    }

    /// An attempt that the owner of the run begins.
    public record Begun(AttemptId id, Instant at) {}

    /// @param status a word, as in [AttemptRow]
    public record Ended(AttemptId id, String status, Instant at) {}

    /// @param name tells it from the other timers of its run
    public record Timer(String name, Instant due) {}
}
