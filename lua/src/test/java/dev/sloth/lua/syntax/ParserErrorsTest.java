package dev.sloth.lua.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is said about wrong texts, and that one mistake is reported once. In the tables, `~` stands
/// for a line break and `|` parts columns.
class ParserErrorsTest {
    static List<String> errors(String source) {
        return switch (Parser.parse("test", source.getBytes(StandardCharsets.UTF_8))) {
            case Parsed.Ok _ -> List.of();
            case Parsed.Bad(var errors, _) ->
                    errors.stream()
                            .map(e ->
                                    "%d:%d: %s"
                                            .formatted(
                                                    e.span().line(),
                                                    e.span().column(),
                                                    e.message()))
                            .toList();
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x = | 1:4: unexpected symbol near '<eof>'",
                "x | 1:2: '=' expected near '<eof>'",
                "x = = 1 | 1:5: unexpected symbol near '='",
                "x y | 1:3: '=' expected near 'y'",
                "x = 'a' 'b' | 1:9: unexpected symbol near ''b''",
                "f( | 1:3: unexpected symbol near '<eof>'",
                "f(a | 1:4: ')' expected near '<eof>'",
                "f(~a | 2:2: ')' expected (to close '(' at line 1) near '<eof>'",
                "f(a b) | 1:5: ')' expected near 'b'",
                "x = {1 2} | 1:8: '}' expected near '2'",
                "x = {~1,~ | 3:1: unexpected symbol near '<eof>'",
                "x = t[1 | 1:8: ']' expected near '<eof>'",
                "x = {[1] 2} | 1:10: '=' expected near '2'",
                "if a then | 1:10: 'end' expected near '<eof>'",
                "if a then~b() | 2:4: 'end' expected (to close 'if' at line 1) near '<eof>'",
                "while a do~ | 2:1: 'end' expected (to close 'while' at line 1) near '<eof>'",
                "repeat~ | 2:1: 'until' expected (to close 'repeat' at line 1) near '<eof>'",
                "function f()~ | 2:1: 'end' expected (to close 'function' at line 1) near '<eof>'",
                "for i = 1, 2 do~ | 2:1: 'end' expected (to close 'for' at line 1) near '<eof>'",
                "if a b() end | 1:6: 'then' expected near 'b'",
                "if x = 5 then y() end | 1:6: 'then' expected near '='",
                "while x then y() end | 1:9: 'do' expected near 'then'",
                "for 1 = 2 do end | 1:5: '<name>' expected near '1'",
                "for i do end | 1:7: '=' or 'in' expected near 'do'",
                "for i = 1 do end | 1:11: ',' expected near 'do'",
                "for a, b = 1, 2 do end | 1:10: 'in' expected near '='",
                "local 1 | 1:7: '<name>' expected near '1'",
                "local function 1() end | 1:16: '<name>' expected near '1'",
                "function f(1) end | 1:12: <name> or '...' expected near '1'",
                "function f(a b) end | 1:14: ')' expected near 'b'",
                "function f(..., a) end | 1:15: ')' expected near ','",
                "function f end | 1:12: '(' expected near 'end'",
                "a.1 = 2 | 1:2: '=' expected near '.1'",
                "a. = 2 | 1:4: '<name>' expected near '='",
                "a:b = 2 | 1:5: function arguments expected near '='",
                "f() = 1 | 1:5: unexpected symbol near '='",
                "a, f() = 1 | 1:8: syntax error near '='",
                "(a) = 1 | 1:5: syntax error near '='",
                "return 1 x() | 1:10: '<eof>' expected near 'x'",
                "do return 1 x() end | 1:13: 'end' expected near 'x'",
                "while a do break x() end | 1:18: 'end' expected near 'x'",
                "end | 1:1: '<eof>' expected near 'end'",
                "x = 3x | 1:5: malformed number near '3x'",
                "x = 3..2 | 1:5: malformed number near '3..2'",
                "x = 0x | 1:5: malformed number near '0x'",
                "x = 1e | 1:5: malformed number near '1e'",
                "x = 'abc | 1:5: unfinished string near '<eof>'",
                "x = 'abc~y = 1 | 1:5: unfinished string near ''abc'",
                "x = [[abc | 1:10: unfinished long string near '<eof>'",
                "x = [=[a~b | 2:2: unfinished long string (to close the one at line 1)"
                        + " near '<eof>'",
                "--[[ abc | 1:9: unfinished long comment near '<eof>'",
                "x = [=a | 1:5: invalid long string delimiter near '[='",
                "x = '\\300' | 1:5: escape sequence too large near ''\\300'",
                "x = '\\xg' | 1:5: hexadecimal digit expected near ''\\xg'",
                "x = '\\u41' | 1:5: missing '{' in \\u{xxxx} near ''\\u4'",
                "x = '\\u{41' | 1:5: missing '}' in \\u{xxxx} near ''\\u{41'",
                "x = '\\u{80000000}' | 1:5: UTF-8 value too large near ''\\u{80000000'",
                "x = a $ b | 1:7: unexpected symbol near '$'",
                "x = a \u00e4 b | 1:7: unexpected symbol near '\u00e4'",
                "x = \u0001 y | 1:5: unexpected symbol near 'char(1)'",
                "x = a ~= ~~ | 3:1: unexpected symbol near '<eof>'",
                "if a != b then end | 1:6: 'then' expected near '!'",
                "x += 1 | 1:3: '=' expected near '+'",
                "f~(a) | 2:1: ambiguous syntax (function call x new statement) near '('",
            })
    void one_mistake_is_reported_once_as_lua_says_it(String source, String error) {
        assertThat(errors(source.replace('~', '\n').replace("\n=", "~="))).containsExactly(error);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "break | 1:1: no loop to break near '<eof>'",
                "while a do f(function() break end) end | 1:25: no loop to break near 'end'",
                "function f() return ... end | 1:21: cannot use '...' outside a vararg function"
                        + " near '...'",
                "goto x | 1:1: no visible label 'x' for <goto> at line 1",
                "do ::x:: end goto x | 1:14: no visible label 'x' for <goto> at line 1",
                "::x:: f(function() goto x end) | 1:20: no visible label 'x' for <goto> at line 1",
                "::x:: ::x:: | 1:9: label 'x' already defined on line 1",
                "goto x local a ::x:: f() |"
                        + " 1:1: <goto x> at line 1 jumps into the scope of local 'a'",
                "repeat goto x local a ::x:: until a |"
                        + " 1:8: <goto x> at line 1 jumps into the scope of local 'a'",
                "do goto x end local a ::x:: f() |"
                        + " 1:4: <goto x> at line 1 jumps into the scope of local 'a'",
            })
    void rules_beyond_grammar_are_checked(String source, String error) {
        assertThat(errors(source)).containsExactly(error);
    }

    @Test
    void two_hundred_locals_are_enough() {
        assertThat(errors("local a\n".repeat(200))).isEmpty();
        assertThat(errors("local a\n".repeat(300)))
                .containsExactly("201:7: main function has more than 200 local variables");
        assertThat(errors("\nfunction f(b)\n" + "local a\n".repeat(200) + "end"))
                .containsExactly("202:7: function at line 2 has more than 200 local variables");
        assertThat(errors("do local a end\n".repeat(300))).isEmpty();
    }

    @Test
    void several_mistakes_are_reported_together() {
        String source =
                """
                if x = 5 then foo() end
                local y = = 3
                t = {
                  a = 1
                  b = 2,
                  f = function() return 1 end,
                  g = function() local = 1 end,
                }
                print("abc)
                for i in do end
                while true print(1) end
                foo(1, (2)
                local z = 1
                z.1 = 2
                function f(
                  return 1
                end
                if z then
                """;
        assertThat(errors(source))
                .containsExactly(
                        "1:6: 'then' expected near '='",
                        "2:11: unexpected symbol near '='",
                        "5:3: '}' expected (to close '{' at line 3) near 'b'",
                        "7:24: '<name>' expected near '='",
                        "9:7: unfinished string near '\"abc)'",
                        "10:10: unexpected symbol near 'do'",
                        "11:12: 'do' expected near 'print'",
                        "13:1: ')' expected (to close '(' at line 12) near 'local'",
                        "14:2: '=' expected near '.1'",
                        "16:3: <name> or '...' expected near 'return'",
                        "19:1: 'end' expected (to close 'if' at line 18) near '<eof>'");
    }

    @Test
    void a_mistake_in_a_long_call_hides_neither_its_functions_nor_what_follows() {
        String source =
                """
                task("a", {
                  run = function()
                    x = = 1
                  end
                  after = function()
                    y = = 2
                  end,
                })
                z = = 3
                """;
        assertThat(errors(source))
                .containsExactly(
                        "3:9: unexpected symbol near '='",
                        "5:3: '}' expected (to close '{' at line 1) near 'after'",
                        "6:9: unexpected symbol near '='",
                        "9:5: unexpected symbol near '='");
    }

    @Test
    void no_more_errors_than_the_limit_are_reported() {
        assertThat(errors("x = = 1\n".repeat(100))).hasSize(20);
    }

    @Test
    void what_only_needs_more_lines_is_incomplete() {
        for (String text :
                List.of(
                        "if a then",
                        "f(",
                        "x = {1,",
                        "function f()",
                        "x =",
                        "x = [[a",
                        "--[[ a",
                        "for i",
                        "repeat f()",
                        "if a then goto later")) {
            assertThat(incomplete(text)).as(text).isTrue();
        }
        for (String text : List.of("x = = 1", "end", "x = 'a", "if = then", "break", "f(]")) {
            assertThat(incomplete(text)).as(text).isFalse();
        }
    }

    private static boolean incomplete(String text) {
        return Parser.parse("test", text.getBytes(StandardCharsets.UTF_8))
                        instanceof Parsed.Bad(_, boolean incomplete)
                && incomplete;
    }
}
