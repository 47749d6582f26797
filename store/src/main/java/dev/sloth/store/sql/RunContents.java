package dev.sloth.store.sql;

import dev.sloth.core.store.Content;
import dev.sloth.core.store.RunFile;
import dev.sloth.core.store.StoreFailure;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The files that runs were made of, and the texts that runs need: each text is kept once.
final class RunContents {
    private static final Sql ADD_CONTENT =
            new Sql(
                    "add content",
                    """
                    INSERT INTO contents (sha256, size, zstd)
                    VALUES (?, ?, ?)
                    ON CONFLICT (sha256) DO NOTHING\
                    """);

    private static final Sql NEED_CONTENT =
            new Sql(
                    "need content",
                    """
                    INSERT INTO run_contents (run, sha256)
                    VALUES (?, ?)
                    ON CONFLICT (run, sha256) DO NOTHING\
                    """);

    private static final Sql HAS_CONTENT =
            new Sql("look for content", "SELECT COUNT(*) FROM contents WHERE sha256 = ?");

    private static final Sql ADD_FILE =
            new Sql(
                    "add file",
                    """
                    INSERT INTO files (run, role, path, sha256, place)
                    SELECT ?, ?, ?, ?, COALESCE(MAX(place), 0) + 1 FROM files WHERE run = ?
                    ON CONFLICT (run, role, path) DO NOTHING\
                    """);

    private static final Sql FILES =
            new Sql(
                    "list files",
                    """
                    SELECT role, path, sha256
                    FROM files
                    WHERE run = ?
                    ORDER BY place\
                    """);

    private static final Sql CONTENT =
            new Sql("read content", "SELECT sha256, size, zstd FROM contents WHERE sha256 = ?");

    private static final Sql UNNEED_CONTENTS =
            new Sql("unneed contents", "DELETE FROM run_contents WHERE run = ?");

    private static final Sql NEEDED =
            new Sql("list contents", "SELECT sha256 FROM run_contents WHERE run = ?");

    private static final Sql FORGET_CONTENT =
            new Sql(
                    "forget content",
                    """
                    DELETE FROM contents
                    WHERE sha256 = ?
                      AND NOT EXISTS (SELECT 1 FROM run_contents n WHERE n.sha256 = contents.sha256)\
                    """);

    private RunContents() {}

    static void add(Session session, long run, List<RunFile> files, List<Content> contents)
            throws SQLException {
        for (var content : contents) {
            session.update(ADD_CONTENT, content.sha256(), content.size(), content.zstd());
            session.update(NEED_CONTENT, run, content.sha256());
        }
        for (var file : files) {
            if (file.role().holdsText()) {
                need(session, run, file);
            }
            session.update(ADD_FILE, run, file.role().name(), file.path(), file.content(), run);
        }
    }

    private static void need(Session session, long run, RunFile file) throws SQLException {
        long kept = session.find(HAS_CONTENT, row -> row.number(1), file.content()).orElse(0L);
        if (kept == 0) {
            throw new StoreFailure(
                    StoreFailure.Reason.BROKEN,
                    "the content %s of %s was not handed over"
                            .formatted(file.content(), file.path()));
        }
        session.update(NEED_CONTENT, run, file.content());
    }

    static List<RunFile> files(Session session, long run) throws SQLException {
        return session.list(
                FILES,
                row -> new RunFile(RunFile.Role.valueOf(row.text(1)), row.text(2), row.text(3)),
                run);
    }

    static Optional<Content> content(Session session, String sha256) throws SQLException {
        return session.find(
                CONTENT, row -> new Content(row.text(1), row.number(2), row.bytes(3)), sha256);
    }

    static void forget(Session session, long run) throws SQLException {
        var needed = session.list(NEEDED, row -> row.text(1), run);
        session.update(UNNEED_CONTENTS, run);
        for (var sha256 : needed) {
            session.update(FORGET_CONTENT, sha256);
        }
    }
}
