package dev.sloth.store.sqlite;

import java.nio.file.Path;

/// The bells of a store: one for each file whose commits others may wait for.
record Bells(Bell runs, Bell shared, Bell told) implements AutoCloseable {
    /// Each in a folder of its own, since the system tells of folders.
    static Bells in(Path folder) {
        return new Bells(
                new Bell(folder.resolve("runs").resolve("bell")),
                new Bell(folder.resolve("state").resolve("bell")),
                new Bell(folder.resolve("events").resolve("bell")));
    }

    @Override
    public void close() {
        try (runs;
                shared;
                told) {
            // Whatever one of them says.
        }
    }
}
