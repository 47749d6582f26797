package dev.sloth.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// What durability costs at least on this disk: the anchor of every durable figure.
final class BareDisk {
    private static final int BLOCK = 512;
    private static final int WARM_UP = 200;
    private static final int COUNT = 2_000;

    private final Path folder;

    BareDisk(Path folder) {
        this.folder = folder;
    }

    Figures syncs() throws Exception {
        try (var file =
                FileChannel.open(
                        folder.resolve("append"),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE)) {
            return Figures.of(WARM_UP, COUNT, () -> sync(file));
        }
    }

    private static long sync(FileChannel file) throws IOException {
        long begin = System.nanoTime();
        file.write(ByteBuffer.allocate(BLOCK));
        file.force(false);
        return System.nanoTime() - begin;
    }

    /// Commits of one row each, as durable as the store's.
    Figures commits() throws Exception {
        var url = "jdbc:sqlite:" + folder.resolve("bare.db");
        try (var link = DriverManager.getConnection(url)) {
            for (var set : new String[] {"journal_mode = WAL", "synchronous = FULL"}) {
                run(link, "PRAGMA " + set);
            }
            run(link, "CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)");
            link.setAutoCommit(false);
            return Figures.of(WARM_UP, COUNT, () -> commit(link));
        }
    }

    private static void run(Connection link, String statement) throws SQLException {
        try (var run = link.createStatement()) {
            run.execute(statement);
        }
    }

    private static long commit(Connection link) throws SQLException {
        long begin = System.nanoTime();
        try (var insert = link.prepareStatement("INSERT INTO t (body) VALUES (?)")) {
            insert.setBytes(1, new byte[BLOCK]);
            insert.executeUpdate();
        }
        link.commit();
        return System.nanoTime() - begin;
    }
}
