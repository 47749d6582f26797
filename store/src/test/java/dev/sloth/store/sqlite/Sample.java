package dev.sloth.store.sqlite;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.core.store.Chapter;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.LogStore.Chunk;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.Progress;
import dev.sloth.core.store.RunFile;
import dev.sloth.core.store.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Rows for the tests of this package.
final class Sample {
    static final Instant NOW = Instant.parse("2026-03-29T01:30:00Z");
    static final Owner OWNER = new Owner("host", "boot", 1, 1);

    private Sample() {}

    static SqliteStore open(Path home) {
        return open(home, StoreConfig.DEFAULT);
    }

    static SqliteStore open(Path home, StoreConfig config) {
        return SqliteStore.open(home, config, () -> NOW);
    }

    static Claim submit(Store store, String run) {
        var script = Content.of(bytes("script of " + run));
        return store.runs()
                .submit(
                        new NewRun(
                                new RunId(run),
                                "deploy",
                                "/deploy.sloth",
                                NOW,
                                Map.of("team", "blue"),
                                List.of(
                                        new RunFile(
                                                RunFile.Role.SCRIPT,
                                                "/deploy.sloth",
                                                script.sha256())),
                                List.of(script),
                                OWNER,
                                NOW),
                        chapter(1, body(run, 1)));
    }

    static Chapter chapter(long first, byte[] body) {
        return new Chapter(
                first, 1, body, progress(false), List.of(), List.of(), List.of(), List.of());
    }

    static Chapter last(long first) {
        return new Chapter(
                first,
                1,
                bytes("last"),
                progress(true),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static Progress progress(boolean ended) {
        return new Progress(ended ? "succeeded" : "running", ended, "", NOW, 1, 0, 0, 0);
    }

    /// What event number `event` of a run says in these tests.
    static byte[] body(String run, long event) {
        return bytes("event %d of run %s %s".formatted(event, run, "-".repeat((int) event % 97)));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static AttemptId attempt(String run, int number) {
        return new AttemptId(new RunId(run), new TaskName("build"), number);
    }

    static Chunk chunk(String run, int number) {
        return new Chunk(
                attempt(run, 1), number, number, 1, number * 10L, 10, NOW, NOW, body(run, number));
    }
}
