package dev.sloth.lua.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What each construct becomes. In the tables, `~` stands for a line break and `|` parts columns.
class ParserTest {
    private static void assertTree(String source, String tree) {
        assertThat(TreeText.of(source.replace('~', '\n'))).isEqualTo(tree);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x = 1 + 2 * 3 | x = <1.0 ADD <2.0 MULTIPLY 3.0>>",
                "x = 1 - 2 - 3 | x = <<1.0 SUBTRACT 2.0> SUBTRACT 3.0>",
                "x = a .. b .. c | x = <a CONCAT <b CONCAT c>>",
                "x = 2 ^ 3 ^ 4 | x = <2.0 POWER <3.0 POWER 4.0>>",
                "x = -2 ^ 2 | x = <NEGATE <2.0 POWER 2.0>>",
                "x = 2 ^ -3 ^ 4 | x = <2.0 POWER <NEGATE <3.0 POWER 4.0>>>",
                "x = not a == b | x = <<NOT a> EQUAL b>",
                "x = - - a * b | x = <<NEGATE <NEGATE a>> MULTIPLY b>",
                "x = #t + 1 | x = <<LENGTH t> ADD 1.0>",
                "x = a or b and c | x = <a or <b and c>>",
                "x = a and b or c and d | x = <<a and b> or <c and d>>",
                "x = a < b and c >= d | x = <<a LESS b> and <c GREATER_OR_EQUAL d>>",
                "x = a .. b == c .. d | x = <<a CONCAT b> EQUAL <c CONCAT d>>",
                "x = a / b % c | x = <<a DIVIDE b> MODULO c>",
                "x = a <= b > c | x = <<a LESS_OR_EQUAL b> GREATER c>",
                "x = (a + b) * c | x = <(<a ADD b>) MULTIPLY c>",
                "x = (f()) | x = (f())",
                "x = a ^ b .. c | x = <<a POWER b> CONCAT c>",
                "x = nil, true, false | x = nil, true, false",
            })
    void operators_bind_as_in_the_manual(String source, String tree) {
        assertTree(source, tree);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x = 3 | 3.0",
                "x = 3. | 3.0",
                "x = .5 | 0.5",
                "x = 3.14e2 | 314.0",
                "x = 1E-2 | 0.01",
                "x = 0xff | 255.0",
                "x = 0XA.8p1 | 21.0",
                "x = 0x1p4 | 16.0",
                "x = 12345678901234567890 | 1.2345678901234567E19",
                "x = 1e400 | Infinity",
                "x = 0x10 ..2 | <16.0 CONCAT 2.0>",
            })
    void numbers_are_read(String source, String tree) {
        assertTree(source, "x = " + tree);
    }

    private static void assertString(String literal, String bytes) {
        assertThat(TreeText.of("x = " + literal)).isEqualTo("x = '" + bytes + "'");
    }

    @Test
    void escapes_are_read() {
        assertString("'a\\65b\\0661'", "aAbB1");
        assertString("'\\x41\\x7a\\u{20AC}\\u{0}\\u{1F600}'", "Az\u20AC\0\uD83D\uDE00");
        assertString("'a\\z \n \r\n\t b'", "ab");
        assertString("'a\\\nb\\\r\nc'", "a\nb\nc");
        assertString("'\\a\\b\\f\\n\\r\\t\\v'", "\u0007\b\f\n\r\t\u000b");
        assertString("'\\\\\\\"\\'\\q'", "\\\"'q");
    }

    @Test
    void long_strings_are_read() {
        assertString("[[\na\nb\n]]", "a\nb\n");
        assertString("[[\r\na\r\nb\n\rc\rd]]", "a\nb\nc\nd");
        assertString("[==[a]]b]=]c]==]", "a]]b]=]c");
        assertString("[[a [[b]]", "a [[b");
        assertString("[[a\\n]]", "a\\n");
        assertString("'--[[' --[==[ ]] \n ]==]", "--[[");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "f() | f()",
                "f'a' | f('a')",
                "f{1} [[b]] | f({1.0})('b')",
                "a.b:c'd':e{} | a.['b']:c('d'):e({})",
                "a.b[c].d() | a.['b'][c].['d']()",
                "('x'):rep(3) | ('x'):rep(3.0)",
                "f~'a' | f('a')",
                "x = {1, 2; 3, a=4, ['b']=5, f(), ...,} | "
                        + "x = {1.0, 2.0, 3.0, a=4.0, ['b']=5.0, f(), ...}",
                "x = {} | x = {}",
                "x = {a == b, c} | x = {<a EQUAL b>, c}",
                "x = function(a, ...) return ... end | x = function (a...) {return ...}",
                "function a.b.c(x) end | a.['b'].['c'] = function a.b.c(x) {}",
                "function a.b:c(x) end | a.['b'].['c'] = function a.b:c(self,x) {}",
                "local function f() end | local f = function f() {}",
            })
    void calls_tables_and_functions(String source, String tree) {
        assertTree(source, tree);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "none",
            value = {
                "`` | ``",
                ";;; | ``",
                "local a | local a = ``",
                "local a, b = 1, 2; | local a,b = 1.0, 2.0",
                "a, b.c = b, a | a, b.['c'] = b, a",
                "do ; a() ; end | do {a()}",
                "while a do break end | while a {break}",
                "repeat local x = f() until x | repeat {local x = f()} x",
                "if a then b() elseif c then d() else e() end | "
                        + "if a {b()} or if c {d()} else {e()}",
                "for i = 1, 2 do end | for i = 1.0, 2.0, - {}",
                "for i = 1, 2, 3 do f(i) end | for i = 1.0, 2.0, 3.0 {f(i)}",
                "for k, v in pairs(t) do end | for k,v in pairs(t) {}",
                "return | return ``",
                "return a, b; | return a, b",
                "do return end | do {return }",
                "goto done ::done:: | goto done ::done::",
                "goto = 1 | goto = 1.0",
                "goto(x) | goto(x)",
                "local goto = goto.goto | local goto = goto.['goto']",
                "#!/usr/bin/lua~a() | a()",
                "\uFEFFa() | a()",
            })
    void statements(String source, String tree) {
        assertThat(TreeText.of(source.replace('~', '\n')).strip())
                .isEqualTo(tree.replace("``", "").strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for i = 1, 9 do if a then goto next end f() ::next:: end",
                "do goto x; local a ::x:: ; ::y:: end",
                "::top:: local a if a then goto top end",
                "while a do while b do goto next ::next:: end ::next:: end",
                "goto x do ::x:: end ::x::",
                "repeat local a goto done ::done:: until a",
                "do local a goto x end ::x::",
            })
    void gotos_that_are_right(String source) {
        assertThat(TreeText.of(source)).doesNotStartWith("error");
    }
}
