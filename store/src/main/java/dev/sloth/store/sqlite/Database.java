package dev.sloth.store.sqlite;

import dev.sloth.core.store.StoreFailure;
import dev.sloth.store.sql.Sql;
import dev.sloth.store.sql.Transactions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One file with its writer and its readers.
final class Database implements Transactions, AutoCloseable {
    /// How many pages go back to the disk in one transaction, so that nobody is held up.
    private static final Sql GIVE_BACK =
            new Sql("give pages back", "PRAGMA incremental_vacuum(1000)");

    private static final Sql FREE = new Sql("count free pages", "PRAGMA freelist_count");

    private final Links links;
    private final Writer writer;
    private final Checkpoints checkpoints;
    private final Readers readers;
    private final Reserve reserve;

    private Database(
            Links links, Writer writer, Checkpoints checkpoints, Readers readers, Reserve reserve) {
        this.links = links;
        this.writer = writer;
        this.checkpoints = checkpoints;
        this.readers = readers;
        this.reserve = reserve;
    }

    /// Brings the file to the newest version first.
    ///
    /// @throws StoreFailure `NEWER`, `DAMAGED`, ...; then the file is as it was
    static Database open(
            Path file,
            Schema schema,
            StoreConfig config,
            InstantSource time,
            Consumer<String> beforeStatement) {
        return open(file, schema, config, time, beforeStatement, () -> {});
    }

    /// @param committed is told after each commit, by a thread that others wait for
    static Database open(
            Path file,
            Schema schema,
            StoreConfig config,
            InstantSource time,
            Consumer<String> beforeStatement,
            Runnable committed) {
        var links = new Links(file, schema, config);
        var reserve = Reserve.beside(file);
        var opening = new Opening(links, schema, config, time, Opening.PAUSE);
        boolean _ =
                reserve.withRoom(() -> {
                    opening.bringUp();
                    return true;
                });
        reserve.keep();
        var checkpoints = new Checkpoints(links, config.checkpointEvery());
        return new Database(
                links,
                Writer.start(
                        links,
                        config,
                        beforeStatement,
                        () -> {
                            committed.run();
                            checkpoints.committed();
                        }),
                checkpoints,
                new Readers(links, config, beforeStatement),
                reserve);
    }

    @Override
    public <T extends @Nullable Object> T write(Work<T> work) {
        return writer.write(work);
    }

    @Override
    public <T extends @Nullable Object> T remove(Work<T> work) {
        return reserve.withRoom(() -> write(work));
    }

    @Override
    public <T extends @Nullable Object> T read(Work<T> work) {
        // Even to be looked at, a database needs some room.
        return reserve.withRoom(() -> readers.read(work));
    }

    /// Gives the room of what was deleted back to the disk.
    void shrink() {
        long before;
        long free = read(s -> s.number(FREE));
        do {
            before = free;
            free =
                    remove(s -> {
                        s.run(GIVE_BACK);
                        return s.number(FREE);
                    });
        } while (free > 0 && free < before);
    }

    int waiting() {
        return writer.waiting();
    }

    @Override
    public void close() {
        writer.close();
        checkpoints.close();
        try {
            readers.close();
        } catch (SQLException e) {
            throw Failures.of(links.file(), e);
        }
    }
}
