package dev.sloth.lua.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is said about the slips that people make most.
final class RemediesTest {
    private static List<SyntaxError> errors(String text) {
        return Parser.parse("=", text.getBytes(StandardCharsets.UTF_8)) instanceof Parsed.Bad bad
                ? bad.errors()
                : List.of();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "if x then f()                 | needs an 'end' of its own",
                "if x then\\n\\nf()            | Close the 'if' of line 1 with an 'end' of its own.",
                "repeat\\nf()                  | Close the 'repeat' of line 1 with until CONDITION.",
                "f(1\\ng(2)                    | Close the '(' of line 1 with ')'",
                "if x f() end                  | if CONDITION then",
                "while x f() end               | while CONDITION do",
                "for i of t do end             | for i = 1, 10 do",
                "if x = 3 then end             | '==' compares",
                "x == 3                        | '=' sets a variable",
                "x = = 3                       | '==' compares",
                "x += 1                        | Lua has no '+='",
                "x++                           | Lua has no '+=' and no '++'",
                "if a != b then end            | 'a ~= b' for a != b",
                "if a && b then end            | 'and' for &&",
                "x = a ? b : c                 | a and b or c",
                "// a comment                  | Comments begin with --.",
                "x = [1, 2]                    | Lua writes lists in braces",
                "x = 'abc                      | Close it with the quote that opened it",
                "x = [[abc                     | Close it with the bracket that fits",
                "x = 3abc                      | quotes around it if it is text",
                "for i in 1..3 do end          | for i = 1, 3 do",
                "local end = 1                 | 'end' is a word of Lua",
                "f() end                       | one 'end' too many",
                "x =                           | in the middle of a statement",
                "f(1, )                        | A value is missing before ')'",
                "break                         | stands inside of one",
                "function f() return ... end   | Add '...' to the parameters",
                "x                             | A statement sets a variable",
                "goto there                    | ::there::",
                "x = 'a\\xzz'                   | a backslash in a string as",
            })
    void a_slip_is_told_with_its_remedy(String text, String remedy) {
        var errors = errors(text.strip().replace("\\n", "\n"));
        assertThat(errors).as(text).isNotEmpty();
        assertThat(errors.getFirst().remedy()).as(errors.getFirst().message()).contains(remedy);
    }

    @Test
    void a_message_that_nobody_knows_has_a_remedy_too() {
        assertThat(Remedies.of("something else")).startsWith("See whether a word");
    }
}
