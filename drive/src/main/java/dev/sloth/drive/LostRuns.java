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
            var id = new RunId(run.getFileName().toString());
            // In this order: whoever drives it counts what it has committed.
            if (CountedJournal.counted(run) > 0) {
                var row = store.find(id).orElseThrow(() -> unknown(id, run));
                CountedJournal.check(run, row.events());
            }
        }
    }

    private static StoreFailure unknown(RunId id, Path run) {
        return new StoreFailure(
                Reason.DAMAGED,
                "the store knows nothing of run %s, which was under way: it has lost what was on disk, or it is not the one that belongs here. Restore it from a backup; or delete %s to go on without that run"
                        .formatted(id, run));
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
