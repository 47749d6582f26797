package dev.sloth.drive;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.RunStore;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Runs that were under way and of which the store knows nothing, or not all: it has lost its
/// newest changes.
public final class LostRuns {
    /// How many folders are looked at, the newest first.
    private static final int LOOKED_AT_MAX = 20;

    private LostRuns() {}

    /// @param folder where runs have their folders
    /// @throws StoreFailure `DAMAGED` when there is one
    public static void check(Path folder, RunStore store) {
        for (var run : newest(folder)) {
            // Who reads the file while it is written may see half of a number.
            if (look(run, store).isPresent()) {
                look(run, store)
                        .ifPresent(lost -> {
                            throw lost;
                        });
            }
        }
    }

    /// The file first, and once: whoever drives the run counts what it has committed, and goes on
    /// meanwhile.
    private static Optional<StoreFailure> look(Path run, RunStore store) {
        long counted = CountedJournal.counted(run);
        if (counted == 0) {
            return Optional.empty();
        }
        var row = store.find(new RunId(run.getFileName().toString()));
        return row.isEmpty()
                ? Optional.of(unknown(run))
                : CountedJournal.lost(run, counted, row.get().events());
    }

    private static StoreFailure unknown(Path run) {
        return new StoreFailure(
                Reason.DAMAGED,
                "the store knows nothing of run %s, which was under way: it has lost what was on disk, or it is not the one that belongs here. Restore it from a backup; or delete %s to go on without that run"
                        .formatted(run.getFileName(), run));
    }

    private static List<Path> newest(Path folder) {
        try (var all = Files.list(folder)) {
            return all.sorted(Comparator.reverseOrder()).limit(LOOKED_AT_MAX).toList();
        } catch (NoSuchFileException | NotDirectoryException _) {
            return List.of();
        } catch (IOException e) {
            throw new StoreFailure(Reason.BROKEN, folder + " cannot be read", e);
        }
    }
}
