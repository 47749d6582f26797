package dev.sloth.agent.work;

import dev.sloth.agent.FolderTree;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The folders of runs. What is no longer needed goes with the last order of a run; work folders
/// that were to be looked at stay for some days. Safe for use by many threads.
final class Leftovers {
    /// For how long the work folders of failed tasks can be looked at.
    private static final Duration LOOKED_AT = Duration.ofDays(7);

    private final Bench bench;
    private final Material material;
    private final Map<String, String> runs = new HashMap<>();
    private final Map<String, Set<String>> orders = new HashMap<>();

    Leftovers(Bench bench, Material material) {
        this.bench = bench;
        this.material = material;
    }

    synchronized void add(String order, String run) {
        runs.put(order, run);
        orders.computeIfAbsent(run, _ -> new HashSet<>()).add(order);
    }

    /// @throws IOException when something could not be removed, which is tried again some days
    ///   later
    synchronized void remove(String order) throws IOException {
        var run = runs.remove(order);
        if (run == null) {
            return;
        }
        var left = orders.getOrDefault(run, Set.of());
        left.remove(order);
        if (left.isEmpty()) {
            orders.remove(run);
            material.forget(run);
            tidy(bench.run(run));
        }
    }

    private static void tidy(Path folder) throws IOException {
        FolderTree.remove(folder.resolve("project"));
        FolderTree.remove(folder.resolve("attempts"));
        removeEmpty(folder.resolve("work"));
        removeEmpty(folder);
    }

    private static void removeEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException _) {
            // The folders of failed tasks stay for a while.
            return;
        }
    }

    /// Folders of runs of which nothing is here any more and that were not touched for long.
    synchronized void removeOld() throws IOException {
        var limit = bench.time().instant().minus(LOOKED_AT);
        try (var all = Files.newDirectoryStream(bench.folder().resolve("runs"))) {
            for (var folder : all) {
                var name = String.valueOf(folder.getFileName());
                if (!orders.containsKey(name) && isOlder(folder, limit)) {
                    FolderTree.remove(folder);
                }
            }
        } catch (NoSuchFileException _) {
            // Nothing was ever done here.
            return;
        }
    }

    private static boolean isOlder(Path folder, Instant limit) throws IOException {
        return Files.getLastModifiedTime(folder).toInstant().isBefore(limit);
    }
}
