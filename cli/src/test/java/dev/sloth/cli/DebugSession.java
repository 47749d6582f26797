package dev.sloth.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The program with an editor at its streams, in this process.
final class DebugSession implements AutoCloseable {
    private static final long SECONDS_MAX = 100;

    final Editor editor;
    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();

    DebugSession(Path folder, String... words) {
        var toDebugger = new Duct();
        var fromDebugger = new Duct();
        editor = new Editor(fromDebugger.out(), toDebugger.in());
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try (var printed =
                            new PrintStream(fromDebugger.in(), false, StandardCharsets.UTF_8)) {
                        exit.complete(
                                Main.run(
                                        words,
                                        toDebugger.out(),
                                        printed,
                                        new PrintStream(err, true, StandardCharsets.UTF_8),
                                        Map.of(
                                                "SLOTH_HOME",
                                                folder.resolve("home").toString(),
                                                "PATH",
                                                System.getenv("PATH")),
                                        folder));
                    } catch (RuntimeException | Error e) {
                        exit.completeExceptionally(e);
                    }
                });
    }

    int exit() {
        try {
            return exit.get(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(err.toString(StandardCharsets.UTF_8), e);
        }
    }

    String complaints() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        editor.close();
        exit();
    }

    /// The editor leaves, and hears to the end.
    void leave() {
        editor.get("disconnect", Map.of());
        editor.end();
    }

    /// Writes a file and gives its path.
    static String file(Path folder, String name, String text) {
        var _ = new Door(folder).file(name, text);
        return folder.resolve(name).toString();
    }

    /// Writes a workflow of one task with this body, which begins in line 2.
    static String task(Path folder, String body) {
        return file(
                folder,
                "one.sloth",
                """
                task("work"):command(function(this, params)
                %s
                    return true
                end):build()
                workflow.define("one"):tasks({ "work" })
                """
                        .formatted(body));
    }
}
