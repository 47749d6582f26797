package dev.sloth.launcher;

import static dev.sloth.launcher.NumberedLines.Disk.FULL;
import static dev.sloth.launcher.NumberedLines.Disk.WITH_ROOM;
import static dev.sloth.launcher.NumberedLines.fault;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What the batteries' proof of whole logs lets through.
class NumberedLinesTest {
    private static final String LOST = "[some output is missing here: it could not be written]";

    private static List<String> lines(Object... each) {
        return List.of(each).stream().map(n -> n instanceof String s ? s : "line " + n).toList();
    }

    @Test
    void whole_lines_are_right_and_those_of_one_cut_short_up_to_where_it_was() {
        assertThat(fault(lines(1, 2, 3), WITH_ROOM, 3)).isEmpty();
        assertThat(fault(lines(1, 2), WITH_ROOM)).isEmpty();
        assertThat(fault(lines(), WITH_ROOM)).isEmpty();
    }

    @Test
    void a_missing_a_doubled_and_a_foreign_line_are_wrong() {
        assertThat(fault(lines(1, 3), WITH_ROOM))
                .contains("'line 3' after line 1 of " + lines(1, 3));
        assertThat(fault(lines(1, 3), FULL)).isPresent();
        assertThat(fault(lines(2, 3), FULL)).isPresent();
        assertThat(fault(lines(1, 1, 2), FULL)).isPresent();
        assertThat(fault(lines(1, 2, "lin"), FULL)).isPresent();
        assertThat(fault(lines(1, "", 2), FULL)).isPresent();
    }

    @Test
    void whoever_came_to_an_end_has_said_all() {
        assertThat(fault(lines(1, 2), WITH_ROOM, 3)).isPresent();
        assertThat(fault(lines(1, 2), FULL, 3)).isPresent();
        assertThat(fault(lines(), FULL, 3)).isPresent();
        assertThat(fault(lines(1, 2, 3, 4), WITH_ROOM, 3)).isPresent();
    }

    @Test
    void a_notice_of_loss_is_wrong_where_the_disk_had_room() {
        assertThat(fault(lines(1, LOST, 3), WITH_ROOM, 3)).isPresent();
        assertThat(fault(lines(1, 2, 3, "", LOST), WITH_ROOM)).isPresent();
    }

    @Test
    void on_a_full_disk_lines_are_missing_where_the_notice_is_and_nowhere_else() {
        assertThat(fault(lines(1, LOST, 3), FULL, 3)).isEmpty();
        assertThat(fault(lines("", LOST, 2, 3), FULL, 3)).isEmpty();
        assertThat(fault(lines(1, "lin", LOST, 3), FULL, 3)).isEmpty();
        assertThat(fault(lines(1, "", LOST), FULL, 3)).isEmpty();
        assertThat(fault(lines(1, LOST, 2), FULL, 2)).isEmpty();
        assertThat(fault(lines(1, LOST, 3, 5), FULL)).isPresent();
        assertThat(fault(lines(1, LOST, 3), FULL, 4)).isPresent();
        assertThat(fault(lines(1, 2, LOST, 1), FULL)).isPresent();
    }
}
