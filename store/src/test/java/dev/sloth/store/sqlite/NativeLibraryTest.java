package dev.sloth.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SQLite itself, as processes load it that have never seen it.
final class NativeLibraryTest {
    @TempDir private Path home;

    private List<Path> libraries() throws IOException {
        try (var files = Files.walk(home.resolve("native"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private void works(String run) throws Exception {
        try (var child = Child.start("append", home, run, "3")) {
            assertThat(child.lines()).containsExactly("done");
            assertThat(child.exit()).isZero();
        }
    }

    @Test
    void it_is_unpacked_once() throws Exception {
        works("one");
        var unpacked = libraries();
        assertThat(unpacked).hasSize(1);
        var at = Files.getLastModifiedTime(unpacked.getFirst());
        works("two");

        assertThat(libraries()).isEqualTo(unpacked);
        assertThat(Files.getLastModifiedTime(unpacked.getFirst())).isEqualTo(at);
    }

    @Test
    void a_copy_that_cannot_be_loaded_is_done_without() throws Exception {
        works("one");
        Files.writeString(libraries().getFirst(), "no library");

        works("two");
    }

    @Test
    void a_home_that_takes_no_copy_is_done_without() throws Exception {
        Files.createFile(home.resolve("native"));

        works("one");
    }
}
