package dev.sloth.store.sqlite;

import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.StoreFailure.Reason;
import dev.sloth.store.files.FolderFailures;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.locks.LockSupport;

/// Looks at a file before anything is done to it, and brings it to the newest version.
///
/// The file itself is never opened here but by SQLite: closing it by other means would drop the
/// locks that this process holds on it.
final class Opening {
    /// The first look of several processes at a file that none of them has made yet may collide.
    static final Runnable PAUSE = () -> LockSupport.parkNanos(5_000_000);

    /// How often a file is looked at before it counts as that of another program.
    private static final int LOOKS = 10;

    /// How large the pages of our files are, and so their smallest size.
    private static final int PAGE = 4_096;

    /// Stands beside a file that was once made: an empty one is not a new one then.
    private static final String MADE = ".made";

    private final Links links;
    private final Schema schema;
    private final StoreConfig config;
    private final InstantSource time;
    private final Runnable pause;

    /// @param pause waits a moment
    Opening(Links links, Schema schema, StoreConfig config, InstantSource time, Runnable pause) {
        this.pause = pause;
        this.links = links;
        this.schema = schema;
        this.config = config;
        this.time = time;
    }

    void bringUp() {
        long deadline = System.nanoTime() + config.busyWait().toNanos();
        while (true) {
            try {
                bringUpOnce();
                return;
            } catch (StoreFailure e) {
                if (e.reason() != Reason.BUSY || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                pause.run();
            }
        }
    }

    private void bringUpOnce() {
        WalEnd.check(links.file());
        int version = known();
        if (version == schema.version()) {
            return;
        }
        try {
            if (version > 0) {
                backUp(version);
            }
            migrate(version == 0);
        } catch (SQLException e) {
            throw Failures.of(links.file(), e);
        }
        mark();
    }

    private void mark() {
        try {
            Files.createFile(beside(MADE));
        } catch (FileAlreadyExistsException _) {
            // By another process, or when the file was made.
        } catch (IOException e) {
            throw FolderFailures.of(beside(MADE), e);
        }
    }

    /// The version of the file; 0 when there is nothing in it yet.
    ///
    /// While others make the store, or write to it, one look may see its tables and not yet whose
    /// they are, that it was made and not yet what is in it, or half of a change. What is of
    /// another program, or is damaged, still is a moment later.
    private int known() {
        for (int left = LOOKS; ; left--) {
            try {
                return look();
            } catch (StoreFailure e) {
                boolean passing = e.reason() == Reason.BROKEN || e.reason() == Reason.DAMAGED;
                if (left == 1 || !passing) {
                    throw e;
                }
                pause.run();
            }
        }
    }

    private int look() {
        long size = size(links.file());
        int version = size == 0 ? 0 : read();
        if (version == 0 && size > 0 && size < PAGE && Files.notExists(beside("-journal"))) {
            throw emptied("it ends in the middle of its first page");
        }
        if (version == 0 && Files.exists(links.file()) && Files.exists(beside(MADE))) {
            throw emptied(beside(MADE).getFileName() + " beside it says that it held something");
        }
        return version;
    }

    /// Without taking part, so that a file which is not for us stays as it is, to the byte: alone,
    /// when nobody writes to it; else as one that may only read, which never brings the log back
    /// into the file.
    private int read() {
        boolean alone = size(beside("-wal")) == 0;
        try (var connection = links.raw(alone ? "?immutable=1" : "?mode=ro")) {
            return ours(connection);
        } catch (SQLException e) {
            throw Failures.of(links.file(), e);
        }
    }

    /// SQLite takes what is left for a new database.
    private StoreFailure emptied(String why) {
        return new StoreFailure(
                Reason.DAMAGED,
                "%s is damaged, it has lost all it held (%s): restore it from a backup, or move it away to begin anew"
                        .formatted(links.file(), why));
    }

    /// A file beside the database.
    private Path beside(String suffix) {
        return links.file().resolveSibling(links.file().getFileName() + suffix);
    }

    /// 0 when there is no such file.
    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw FolderFailures.of(file, e);
        }
    }

    private int ours(Connection connection) throws SQLException {
        long application = Links.number(connection, "PRAGMA application_id");
        int version = Links.version(connection);
        long tables = Links.number(connection, "SELECT COUNT(*) FROM sqlite_master");
        if (application == 0 && version == 0 && tables == 0) {
            return 0;
        }
        if (application != schema.applicationId()) {
            throw new StoreFailure(
                    Reason.BROKEN,
                    "%s is a database of another program: move it away, or set SLOTH_HOME to another folder"
                            .formatted(links.file()));
        }
        if (version > schema.version()) {
            links.refuseOther(version);
        }
        return version;
    }

    /// Kept for ever; its name says what it holds.
    private void backUp(int version) throws SQLException {
        var at =
                DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss")
                        .withZone(ZoneOffset.UTC)
                        .format(time.instant());
        var name = links.file().getFileName() + ".v" + version + "-" + at;
        var backup = links.file().resolveSibling(name + ".backup");
        if (Files.exists(backup)) {
            return;
        }
        var part = links.file().resolveSibling(name + ".part");
        try {
            Files.deleteIfExists(part);
            try (var connection = links.raw("");
                    var statement = connection.prepareStatement("VACUUM INTO ?")) {
                statement.setString(1, part.toString());
                statement.executeUpdate();
            }
            force(part, StandardOpenOption.WRITE);
            Files.move(part, backup);
            force(part.toAbsolutePath().resolveSibling("."), StandardOpenOption.READ);
        } catch (IOException e) {
            throw FolderFailures.of(backup, e);
        }
    }

    private static void force(Path path, StandardOpenOption option) throws IOException {
        try (var channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }

    private void migrate(boolean fresh) throws SQLException {
        if (fresh) {
            // The folder may be one that others look into.
            PrivateFile.make(links.file());
        }
        try (var connection = links.raw("")) {
            if (fresh) {
                Links.run(connection, "PRAGMA auto_vacuum = INCREMENTAL");
            }
            Links.run(
                    connection,
                    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN IMMEDIATE");
            int version = ours(connection);
            for (int next = version + 1; next <= schema.version(); next++) {
                Links.run(connection, schema.step(next));
            }
            if (version < schema.version()) {
                Links.run(connection, "PRAGMA application_id = " + schema.applicationId());
                Links.run(connection, "PRAGMA user_version = " + schema.version());
            }
            Links.run(connection, "COMMIT");
        }
    }
}
