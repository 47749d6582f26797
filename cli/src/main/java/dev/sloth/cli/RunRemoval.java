package dev.sloth.cli;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Store;
import java.nio.file.Path;

/// Runs that have ended and what they leave in the store and in the home folder: how much that is,
/// and how it goes.
final class RunRemoval {
    private final Store store;
    private final Path home;

    RunRemoval(Store store, Path home) {
        this.store = store;
        this.home = home;
    }

    /// What a run takes, with artifacts counted in full also when other runs share them.
    long bytes(RunId run) {
        long artifacts =
                store.artifacts().of(run).stream().mapToLong(artifact -> artifact.size()).sum();
        return inTables(run) + artifacts + folder(run).bytes();
    }

    /// Removes a run. Its folder goes first: should that fail, the run is still there to be removed
    /// again. What artifacts alone have held stays until [#sweep].
    ///
    /// @return how many bytes of its journal, its output and its files that gave back; none when
    ///   the run has not ended
    long remove(RunId run) {
        boolean ended = store.runs().find(run).map(row -> row.progress().ended()).orElse(false);
        if (!ended) {
            return 0;
        }
        long bytes = inTables(run) + folder(run).remove();
        GivenSecrets.of(store).remove(run);
        return store.runs().delete(run) ? bytes : 0;
    }

    private long inTables(RunId run) {
        return store.runs().bytes(run) + store.logs().bytes(run);
    }

    /// Removes the content of artifacts that no run refers to.
    ///
    /// @return how many bytes that gave back
    long sweep() {
        return store.artifacts().sweep();
    }

    private FolderTree folder(RunId run) {
        return new FolderTree(home.resolve("runs").resolve(run.text()));
    }
}
