package dev.sloth.core.store.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Hooks and what they are to be told.
public interface HookStore {
    /// What became of a hook that was to be added.
    enum Added {
        ADDED,
        /// There is one of its name.
        TAKEN,
        /// There are as many as there may be.
        FULL
    }

    /// @param limit how many hooks its namespace may have
    Added add(HookRow hook, int limit);

    /// Removes a hook with all its deliveries.
    ///
    /// @return false when there is none
    boolean remove(String space, String name);

    Optional<HookRow> find(String space, String name);

    /// Ordered by their names.
    List<HookRow> list(String space);

    /// Gives the hook of this number other settings: all but its name and when it was added. It
    /// keeps how far it has read, unless this switches it on.
    ///
    /// @return false when there is none
    boolean change(HookRow hook);

    /// Switches a hook on or off, at a position.
    ///
    /// @return false when there is none
    boolean enable(String space, String name, boolean on, Position position);

    /// Reads on, and owes what was found on the way: both or nothing.
    ///
    /// @return false when the hook is gone, is off, or has been read on by somebody else
    boolean advance(HookRow hook, Position next, List<DeliveryRow> owed);

    /// Takes deliveries of a hook that are due and that nobody else has: those first that came
    /// first, and of one subject none while an earlier one is pending.
    ///
    /// @param by who takes them
    /// @param until when others may take them again
    List<DeliveryRow> take(long hook, String by, Instant now, Instant until, int limit);

    /// When the next delivery of a hook can be taken: it is due, and the time of whoever has it is
    /// up; [Instant#MAX] when there is none.
    Instant nextDue(long hook);

    /// Keeps what came of a try.
    ///
    /// @param by who tried
    /// @return false when somebody else has it by now, or it is gone: then nothing has changed
    boolean tried(DeliveryRow after, String by);

    /// A delivery that was not wanted after all: it goes without a trace.
    void passOver(DeliveryRow delivery, String by);

    /// Who has deliveries.
    Set<String> owners();

    /// Takes away what somebody has who is gone.
    int release(String owner);

    /// How many deliveries of a hook stand so.
    int count(long hook, DeliveryRow.State state);

    /// Deliveries of a hook that stand so, the last ones first.
    List<DeliveryRow> deliveries(long hook, Set<DeliveryRow.State> states, int limit);

    /// Dead deliveries of a namespace are tried anew: all of these, or none.
    ///
    /// @return the numbers that no dead one has: if there are any, nothing has changed
    List<Long> retry(String space, List<Long> numbers, Instant now);

    /// Dead deliveries of a namespace are dropped: all of these, or none.
    ///
    /// @return the numbers that no dead one has: if there are any, nothing has changed
    List<Long> drop(String space, List<Long> numbers);

    /// Removes deliveries of a hook that are done, so that no more than so many stay, and dead ones
    /// likewise; the oldest first.
    ///
    /// @return how many dead ones went
    int sweep(long hook, int doneKept, int deadKept);
}
