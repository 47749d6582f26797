package dev.sloth.core.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Schedules and what became of their instants. A run is submitted for a fire at most once: see
/// [NewRun.Cause].
public interface ScheduleStore {
    /// How many schedules there may be.
    int SCHEDULES_MAX = 10_000;

    /// How many fires that are no longer open are kept of each schedule, the newest.
    int FIRES_KEPT = 1_000;

    /// Keeps a new schedule, whose instants count from `at` on.
    ///
    /// @throws StoreFailure `TAKEN` when there is one of this name; `FULL` when there are
    ///   [#SCHEDULES_MAX]
    ScheduleRow add(String name, String definition, String by, Instant at);

    Optional<ScheduleRow> find(String name);

    /// All of them, by name.
    List<ScheduleRow> list();

    /// Changes what a schedule says, or whether it fires.
    ///
    /// @param seen as it was found
    /// @param next as it is to be; number, name and who added it when stay as they are
    /// @return false when it has changed since, or is gone
    boolean change(ScheduleRow seen, ScheduleRow next);

    /// Removes a schedule and what is known of its instants; its runs stay. False when there is
    /// none of this name.
    boolean remove(String name);

    /// Writes what was decided of a schedule.
    ///
    /// @return false when it has changed since it was seen, or one of the fires has; then nothing
    ///   was written
    boolean turn(ScheduleRow seen, ScheduleTurn turn);

    /// The fires that are open, of all schedules, the longest decided first.
    List<FireRow> open();

    /// What became of the newest instants of a schedule, the newest first.
    List<FireRow> fires(long schedule, int limit);

    /// Asks for the right to start the run of a fire that is ready.
    ///
    /// @param seen as it was found
    /// @return nothing when it has changed since
    Optional<FireClaim> take(FireRow seen, Owner by, Instant until);

    /// Notes that a run cannot start.
    ///
    /// @throws StoreFailure `FENCED` when somebody else has taken the fire, or it is not ready
    void fail(FireClaim claim, String why);
}
