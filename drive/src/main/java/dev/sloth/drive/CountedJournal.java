package dev.sloth.drive;

import dev.sloth.core.run.Journal;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunState;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A journal beside which a file says how many events it has. A store that lost the end of its log
/// looks as it did before that end was written; this file tells that it is not, and that tasks
/// which are done would be done again.
///
/// The file is written after each commit and never brought to disk, so that it costs next to
/// nothing: after a power failure it may say less than there is, but never more. It is gone once
/// the run has ended.
public final class CountedJournal implements Journal, AutoCloseable {
    private static final String NAME = "events";

    private final Journal journal;
    private final Path folder;
    private final CountFile file;
    private long events;

    /// @param folder of the run
    /// @param events that the journal has
    public CountedJournal(Journal journal, Path folder, long events) {
        this.journal = journal;
        this.folder = folder;
        this.file = new CountFile(folder.resolve(NAME));
        this.events = events;
    }

    /// @throws StoreFailure `DAMAGED` when the store has lost events
    @Override
    public RunState restore() {
        lost(folder, counted(folder), events)
                .ifPresent(failure -> {
                    throw failure;
                });
        return journal.restore();
    }

    /// What is wrong when the store has lost some.
    ///
    /// @param folder of the run
    /// @param counted what [#counted] said, before the store was asked
    /// @param events that the store has of it
    static Optional<StoreFailure> lost(Path folder, long counted, long events) {
        if (counted <= events) {
            return Optional.empty();
        }
        return Optional.of(
                new StoreFailure(
                        Reason.DAMAGED,
                        "the store has lost the last %d of %d events of run %s, which were on disk: tasks that are done would be done again. Restore the store from a backup; or delete %s to go on with what is left"
                                .formatted(
                                        counted - events,
                                        counted,
                                        folder.getFileName(),
                                        folder.resolve(NAME))));
    }

    /// How many events the run of a folder has that is under way; 0 when nothing says so.
    static long counted(Path folder) {
        return CountFile.read(folder.resolve(NAME));
    }

    @Override
    public void append(List<RunEvent> step, RunState after) {
        journal.append(step, after);
        events += step.size();
        if (after.status().ended()) {
            file.remove();
        } else {
            file.write(events);
        }
    }

    /// Lets go of the file.
    @Override
    public void close() {
        file.close();
    }
}
