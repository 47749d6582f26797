package dev.sloth.store.sqlite;

import java.nio.file.Path;

/// to come
final class WalEnd {
    private WalEnd() {}

    static void check(Path file) {}
}
