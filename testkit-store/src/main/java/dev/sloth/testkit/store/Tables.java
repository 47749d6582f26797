package dev.sloth.testkit.store;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Reads and writes a disk, one operation at a time, all of it or nothing.
final class Tables {
    private final MemoryDisk disk;
    private final Consumer<String> beforeStatement;
    private volatile boolean stopped;

    Tables(MemoryDisk disk, Consumer<String> beforeStatement) {
        this.disk = disk;
        this.beforeStatement = beforeStatement;
    }

    MemoryDisk disk() {
        return disk;
    }

    <T> T write(Function<Edit, T> work) {
        disk.lock.lock();
        try {
            check();
            T result = changed(work);
            stopping(MemoryStore.ANSWER);
            return result;
        } finally {
            disk.lock.unlock();
        }
    }

    private <T> T changed(Function<Edit, T> work) {
        var edit = new Edit(beforeStatement);
        boolean committed = false;
        try {
            T result = work.apply(edit);
            beforeStatement.accept(MemoryStore.COMMIT);
            committed = true;
            return result;
        } catch (Error e) {
            stopped = true;
            throw e;
        } finally {
            if (!committed) {
                edit.takeBack();
            }
        }
    }

    <T> T read(String name, Function<MemoryDisk, T> work) {
        disk.lock.lock();
        try {
            check();
            stopping(name);
            return work.apply(disk);
        } finally {
            disk.lock.unlock();
        }
    }

    private void stopping(String name) {
        try {
            beforeStatement.accept(name);
        } catch (Error e) {
            stopped = true;
            throw e;
        }
    }

    private void check() {
        if (stopped) {
            throw new StoreFailure(Reason.BROKEN, "the store was closed");
        }
    }

    void stop() {
        stopped = true;
    }

    Optional<MemoryDisk.Run> find(RunId run) {
        return Optional.ofNullable(disk.runs.get(run));
    }

    /// @throws StoreFailure `FENCED` when a later claim exists, or the run is gone
    MemoryDisk.Run claimed(Claim claim) {
        return find(claim.run())
                .filter(run -> run.standing.epoch() == claim.epoch())
                .orElseThrow(() ->
                        new StoreFailure(
                                Reason.FENCED,
                                "run %s has changed hands or was deleted: claim %d to it is void"
                                        .formatted(claim.run(), claim.epoch())));
    }

    MemoryDisk.Run claimed(Claim claim, AttemptId id) {
        if (!claim.run().equals(id.run())) {
            throw new IllegalArgumentException(
                    "a claim to run %s says nothing about attempt %s".formatted(claim.run(), id));
        }
        return claimed(claim);
    }
}
