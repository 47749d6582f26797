package dev.sloth.lua.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParserLimitsTest {
    private static final String TOO_DEEP = "chunk has too many syntax levels";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "{",
                "a[",
                "not ",
                "- ",
                "#",
                "f(",
                "{a=",
                "{[",
                "function() ",
                "f(function() ",
                "do ",
                "if a then ",
                "while a do ",
                "repeat ",
                "for i = 1, 2 do ",
                "f{",
                "a[{(",
                "local x = ",
                "x = a..",
                "x = (a..",
                "return function() "
            })
    void nesting_without_end_is_an_error_and_no_overflow(String opener) {
        for (String start : List.of("", "x = ")) {
            assertThat(ParserErrorsTest.errors(start + opener.repeat(20_000))).isNotEmpty();
        }
    }

    @Test
    void deep_nesting_says_so() {
        assertThat(ParserErrorsTest.errors("x = " + "(".repeat(300) + "1" + ")".repeat(300)))
                .singleElement()
                .asString()
                .endsWith(TOO_DEEP);
        assertThat(ParserErrorsTest.errors("do ".repeat(300) + "end ".repeat(300)))
                .singleElement()
                .asString()
                .endsWith(TOO_DEEP);
        assertThat(ParserErrorsTest.errors("x = " + "(".repeat(190) + "1" + ")".repeat(190)))
                .isEmpty();
    }

    @Test
    void long_chains_are_fine() {
        assertThat(ParserErrorsTest.errors("x = a" + "..b".repeat(10_000))).isEmpty();
        assertThat(ParserErrorsTest.errors("x = a" + "^b".repeat(10_000))).isEmpty();
        assertThat(ParserErrorsTest.errors("x = a" + " and b or c".repeat(5_000))).isEmpty();
        assertThat(ParserErrorsTest.errors("x = a" + ".b".repeat(10_000))).isEmpty();
        assertThat(ParserErrorsTest.errors("if a then " + "elseif b then ".repeat(10_000) + "end"))
                .isEmpty();
        assertThat(ParserErrorsTest.errors("x = {" + "1,".repeat(1_000_000) + "}")).isEmpty();
    }

    @Test
    void a_tree_is_never_deeper_than_promised() {
        assertThat(ParserErrorsTest.errors("x = a" + "+b".repeat(20_000)))
                .singleElement()
                .asString()
                .endsWith(TOO_DEEP);
        String inner = "(a" + "+b".repeat(11_000) + ")";
        assertThat(ParserErrorsTest.errors("x = " + inner + "+b".repeat(11_000)))
                .singleElement()
                .asString()
                .endsWith(TOO_DEEP);
        String function = "f(function() return " + inner + " end)";
        assertThat(ParserErrorsTest.errors("x = " + function + "+b".repeat(11_000)))
                .singleElement()
                .asString()
                .endsWith(TOO_DEEP);
    }

    @Test
    void a_text_that_is_too_long_is_refused() {
        var limits = new ParserLimits(5, 200, 1_000, 20);
        var parsed = Parser.parse("test", "x = 12".getBytes(StandardCharsets.UTF_8), limits);
        assertThat(parsed)
                .isEqualTo(
                        new Parsed.Bad(
                                List.of(
                                        new SyntaxError(
                                                "chunk is longer than 5 bytes",
                                                new Span(0, 0, 1, 1))),
                                false));
    }
}
