package dev.sloth.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.testkit.Gen;
import org.junit.jupiter.api.Test;

class ColumnsTest {
    @Test
    void a_wide_sign_takes_two_columns_and_a_joining_accent_none() {
        assertThat(Columns.width("abc")).isEqualTo(3);
        assertThat(Columns.width("\u6f22\u5b57")).isEqualTo(4);
        assertThat(Columns.width("e\u0301")).isEqualTo(1);
    }

    @Test
    void a_cut_text_ends_with_an_ellipsis_and_fits() {
        assertThat(Columns.cut("abcdef", 4)).isEqualTo("abc\u2026");
        assertThat(Columns.cut("abcd", 4)).isEqualTo("abcd");
        assertThat(Columns.cut("\u6f22\u5b57\u6f22", 4)).isEqualTo("\u6f22\u2026");
        assertThat(Columns.cut("abc", 0)).isEmpty();
    }

    @Test
    void output_of_a_task_cannot_move_the_cursor_or_colour_the_screen() {
        assertThat(Columns.tame("\u001b[2J\u001b[31mred\u001b[0m\rback\u0007"))
                .isEqualTo("redback");
        assertThat(Columns.tame("a\tb")).isEqualTo("a    b");
    }

    @Test
    void never_wider_than_asked_for() {
        Gen.forAll(
                200,
                gen -> {
                    var text = gen.string("ab\u6f22\u0301 \u001b");
                    int width = gen.below(20);
                    assertThat(Columns.width(Columns.cut(text, width))).isLessThanOrEqualTo(width);
                });
    }
}
