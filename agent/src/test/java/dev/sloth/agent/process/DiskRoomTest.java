package dev.sloth.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Commands that wait for a disk.
final class DiskRoomTest {
    private static final Path FOLDER = Path.of("/data/agent/runs");

    private final List<Problem> told = new ArrayList<>();

    private DiskRoom room(Duration patience, Long... free) {
        var left = new ArrayDeque<>(List.of(free));
        return new DiskRoom(FOLDER, patience, told::add, _ -> left.remove());
    }

    @Test
    void a_command_that_waits_for_room_is_told_once_with_what_to_do() throws Exception {
        var room = room(Duration.ofSeconds(60), 0L, 0L, 1L << 20, 0L, 1L << 20);
        assertThat(room.comes()).isTrue();
        assertThat(room.comes()).isTrue();
        assertThat(told)
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("SLOTH-4745");
                    assertThat(problem.message())
                            .isEqualTo(
                                    "the disk of /data/agent/runs is full: a command waits for"
                                            + " room, 60 s at most");
                    assertThat(problem.remedy()).startsWith("make room there");
                });
    }

    @Test
    void where_there_is_room_nothing_is_told_and_nothing_comes() throws Exception {
        assertThat(room(Duration.ofSeconds(60), 1L << 20).comes()).isFalse();
        assertThat(told).isEmpty();
    }

    @Test
    void when_no_room_comes_in_time_the_command_is_given_up() throws Exception {
        assertThat(room(Duration.ZERO, 0L, 0L).comes()).isFalse();
        assertThat(told).hasSize(1);
    }
}
