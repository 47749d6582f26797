package dev.sloth.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorTextTest {
    @TempDir private Path folder;

    private ErrorText errors() {
        return new ErrorText(folder, Style.PLAIN);
    }

    private void script(String text) throws IOException {
        Files.writeString(folder.resolve("a.sloth"), text);
    }

    @Test
    void a_problem_shows_its_code_place_excerpt_and_remedy() throws IOException {
        script("one\ntwo\nthree = four\nfive\nsix\nseven\n");
        var at = new Span("a.sloth", 3, 9);
        var problem = new Problem("SLOTH-1042", "there is no 'four'", at, "did you mean 'five'?");
        assertThat(errors().problem(problem))
                .containsExactly(
                        "error SLOTH-1042: there is no 'four'",
                        "  at a.sloth:3:9",
                        "  1 | one",
                        "  2 | two",
                        "  3 | three = four",
                        "    |         ^",
                        "  4 | five",
                        "  5 | six",
                        "  help: did you mean 'five'?");
    }

    @Test
    void the_caret_stands_under_the_column_behind_wide_signs_and_tabs() throws IOException {
        script("\t\u6f22 = x");
        // Columns count bytes: a tab, three bytes of the sign, a space.
        var lines = errors().place(new Span("a.sloth", 1, 6));
        assertThat(lines).contains("  1 |     \u6f22 = x", "    |        ^");
    }

    @Test
    void a_place_in_a_file_that_is_not_there_is_shown_without_excerpt() {
        assertThat(errors().place(new Span("gone.sloth", 3, 1)))
                .containsExactly("  at gone.sloth:3:1");
        assertThat(errors().place(Span.NOWHERE)).isEmpty();
    }

    @Test
    void a_line_behind_the_end_of_the_file_is_shown_without_excerpt() throws IOException {
        script("one\n");
        assertThat(errors().place(new Span("a.sloth", 9, 1))).containsExactly("  at a.sloth:9:1");
    }

    @Test
    void control_characters_are_shown_and_do_nothing() {
        var at = new Span("a\u001b.sloth", 1, 1);
        var problem = new Problem("SLOTH-1", "x\u001b[31m\u0007\r\u009b\n\ty", at, "z\u007f");
        assertThat(errors().problem(problem))
                .containsExactly(
                        "error SLOTH-1: x\\027[31m\\007\\r\\u{9b}\n\ty",
                        "  at a\\027.sloth:1:1",
                        "  help: z\\127");
        assertThat(errors().raised("x\u001b", Span.NOWHERE, List.of("in \b")))
                .containsExactly("error: x\\027", "  traceback:", "    in \\b");
    }

    @Test
    void several_problems_are_apart() {
        var problem = new Problem("SLOTH-1", "x", Span.NOWHERE, "");
        assertThat(errors().problems(List.of(problem, problem)))
                .containsExactly("error SLOTH-1: x", "", "error SLOTH-1: x");
    }

    @Test
    void a_long_traceback_is_cut() {
        var lines = errors().traceback(Collections.nCopies(40, "a.lua:1: in f"));
        assertThat(lines).hasSize(32).endsWith("    ... and 10 more");
    }

    @Test
    void a_fault_of_ours_shows_its_stack_only_when_asked() {
        var fault = new IllegalStateException("first line\nsecond line");
        assertThat(errors().internal(fault, false))
                .containsExactly(
                        "error SLOTH-9000: a fault in sloth-runner itself: IllegalStateException:"
                                + " first line. Please report it with what -v shows.");
        assertThat(errors().internal(fault, true)).hasSizeGreaterThan(3);
    }

    @Test
    void colours_are_around_words_not_in_them() {
        var coloured = new ErrorText(folder, Style.COLOURED);
        var problem = new Problem("SLOTH-1", "x", Span.NOWHERE, "");
        assertThat(coloured.problem(problem).getFirst())
                .isEqualTo("\u001b[1m\u001b[31merror SLOTH-1:\u001b[0m\u001b[0m x");
    }
}
