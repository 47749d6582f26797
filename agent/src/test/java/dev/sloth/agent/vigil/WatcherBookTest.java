package dev.sloth.agent.vigil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.event.EventRefusal;
import dev.sloth.api.event.Watcher;
import dev.sloth.api.event.Watcher.Kind;
import dev.sloth.wire.WatcherSight;
import dev.sloth.wire.shared.Sights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an agent is to watch is on its disk.
class WatcherBookTest {
    @TempDir private Path folder;

    private static WatcherSight sight(String name, String target) {
        var watcher =
                new Watcher(
                        name,
                        Kind.FILE,
                        target,
                        List.of("changed"),
                        Duration.ofMillis(250),
                        Map.of("hash", "true"));
        return Sights.of(watcher, "task t", Instant.EPOCH);
    }

    @Test
    void all_of_it_is_there_when_it_is_opened_again() throws Exception {
        var book = WatcherBook.open(folder, 9);
        assertThat(book.isEmpty()).isTrue();
        book.put(sight("b", "/b"));
        book.put(sight("a", "/a"));
        book.put(sight("b", "/other"));

        var again = WatcherBook.open(folder, 9);
        assertThat(again.behind("")).containsExactly(sight("a", "/a"), sight("b", "/other"));
        assertThat(again.behind("a")).containsExactly(sight("b", "/other"));
        assertThat(again.watchers()).extracting(Watcher::kind).containsOnly(Kind.FILE);
    }

    @Test
    void all_of_these_are_removed_or_none() throws Exception {
        var book = WatcherBook.open(folder, 9);
        book.put(sight("a", "/a"));
        book.put(sight("b", "/b"));
        assertThat(book.remove(List.of("a", "c"))).containsExactly("c");
        assertThat(book.behind("")).hasSize(2);
        assertThat(book.remove(List.of("a", "b"))).isEmpty();
        assertThat(WatcherBook.open(folder, 9).isEmpty()).isTrue();
    }

    @Test
    void there_is_a_bound_which_a_name_that_is_there_does_not_meet() throws Exception {
        var book = WatcherBook.open(folder, 1);
        book.put(sight("a", "/a"));
        book.put(sight("a", "/b"));
        assertThatThrownBy(() -> book.put(sight("b", "/b")))
                .isInstanceOf(EventRefusal.class)
                .hasMessageContaining("watchers.max");
        assertThat(book.behind("")).containsExactly(sight("a", "/b"));
    }

    @Test
    void a_book_that_cannot_be_read_is_not_taken_for_an_empty_one() throws Exception {
        var book = WatcherBook.open(folder, 1);
        book.put(sight("a", "/a"));
        Files.write(folder.resolve("watchers"), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> WatcherBook.open(folder, 1)).isInstanceOf(IOException.class);
    }
}
