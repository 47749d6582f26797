package dev.sloth.agent.vigil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sloth.api.event.EventRefusal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was seen waits on the disk, in its order.
class FactSpoolTest {
    @TempDir private Path folder;

    private static void add(FactSpool spool, int... facts) throws Exception {
        for (int fact : facts) {
            spool.add(_ -> new byte[] {(byte) fact});
        }
    }

    @Test
    void the_first_stays_first_until_it_is_dropped_also_when_opened_again() throws Exception {
        var spool = FactSpool.open(folder, 9);
        add(spool, 1, 2);
        assertThat(spool.first().bytes()).containsExactly(1);
        assertThat(spool.first().bytes()).containsExactly(1);
        spool.drop(spool.first().number());

        var again = FactSpool.open(folder, 9);
        assertThat(again.first().bytes()).containsExactly(2);
        add(again, 3);
        again.drop(again.first().number());
        assertThat(again.first().bytes()).containsExactly(3);
        assertThat(again.first().number()).isEqualTo(3);
    }

    @Test
    void there_is_a_bound_and_room_again_behind_it() throws Exception {
        var spool = FactSpool.open(folder, 2);
        add(spool, 1, 2);
        assertThatThrownBy(() -> add(spool, 3))
                .isInstanceOf(EventRefusal.class)
                .hasMessageContaining("watchers.untold");
        assertThat(spool.size()).isEqualTo(2);
        spool.drop(spool.first().number());
        add(spool, 4);
        assertThat(spool.size()).isEqualTo(2);
    }

    @Test
    void what_a_killed_process_was_writing_is_nothing() throws Exception {
        var spool = FactSpool.open(folder, 2);
        add(spool, 1);
        Files.write(folder.resolve(".fresh123"), new byte[] {7});
        var again = FactSpool.open(folder, 2);
        assertThat(again.size()).isEqualTo(1);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }
}
