package dev.sloth.lua.syntax;

import java.util.List;
import java.util.regex.Pattern;

/// What to do about a text that is not Lua. The messages themselves are those of Lua and stay as
/// they are; this is for people who come from other languages, or have lost a word.
final class Remedies {
    /// For whatever is not known better.
    private static final String OTHERWISE =
            "See whether a word, a bracket or a quote is missing here or on the line before.";

    /// The first that fits counts: what another language would write says more than what was
    /// expected in its place. `$1` stands for the first group.
    private static final List<Remedy> KNOWN =
            List.of(
                    of(".* near '[\\[\\]]'", "Lua writes lists in braces: { \"a\", \"b\" }."),
                    of(".* near '!'", "Lua writes 'not a' for !a, and 'a ~= b' for a != b."),
                    of(".* near '[&|]'", "Lua writes 'and' for && and 'or' for ||."),
                    of(".* near '\\?'", "Lua writes 'a and b or c' for a ? b : c."),
                    of(
                            "('=' expected|syntax error) near '[-+*/%^.]+'",
                            "Lua has no '+=' and no '++': write x = x + 1."),
                    of(
                            "(unexpected symbol|.* expected) near '(/|//|#)'",
                            "Comments begin with --."),
                    of("'(then|do)' expected near '='", "'==' compares; '=' sets a variable."),
                    of("unexpected symbol near '='", "'==' compares; '=' sets a variable."),
                    of(
                            "(syntax error|'=' expected) near '=='",
                            "'=' sets a variable; '==' compares."),
                    of(
                            "'end' expected \\(to close '(.*)' at line (\\d+)\\).*",
                            "Close the '$1' of line $2 with an 'end' of its own."),
                    of(
                            "'until' expected \\(to close .* at line (\\d+)\\).*",
                            "Close the 'repeat' of line $1 with until CONDITION."),
                    of(
                            "'(.)' expected \\(to close '(.)' at line (\\d+)\\).*",
                            "Close the '$2' of line $3 with '$1', or see whether a comma is missing."),
                    of(
                            "'end' expected.*",
                            "Each 'if', 'do' and 'function' needs an 'end' of its own."),
                    of("'then' expected.*", "Write it as: if CONDITION then ... end."),
                    of(
                            "'do' expected.*",
                            "Write it as: while CONDITION do ... end, or for NAME in LIST do ... end."),
                    of(
                            "'=' or 'in' expected.*",
                            "Write it as: for i = 1, 10 do, or for key, value in pairs(t) do."),
                    of(
                            "'=' expected.*|syntax error.*",
                            "A statement sets a variable, as x = 1, or calls a function, as f(1)."),
                    of(
                            "'[)}\\]]' expected.*",
                            "A bracket is not closed, or a comma is missing before this."),
                    of(
                            "'?<name>'? .*near '(end|and|or|not|in|do|if|then|else|elseif|for|while|repeat|until"
                                    + "|function|local|return|break|goto|nil|true|false)'",
                            "'$1' is a word of Lua and cannot be a name; as a field it can be [\"$1\"]."),
                    of(
                            "'?<name>'? .*",
                            "A name is wanted here: letters, digits and _, no digit first."),
                    of(
                            "unfinished string.*",
                            "Close it with the quote that opened it, on the same line; text of several"
                                    + " lines stands in [[ ]]."),
                    of(
                            "unfinished long.*",
                            "Close it with the bracket that fits: ]] for [[, ]=] for [=[."),
                    of("invalid long string delimiter.*", "A long string begins with [[ or [=[."),
                    of(
                            "malformed number near '\\d+\\.\\..*'",
                            "Count with for i = 1, 3 do; join with blanks: 1 .. 3."),
                    of(
                            "malformed number.*",
                            "Put a blank behind the number, or quotes around it if it is text."),
                    of("cannot use '...'.*", "Add '...' to the parameters of this function."),
                    of(
                            "function arguments expected.*",
                            "A method is called as object:method(...); a field is read with a dot."),
                    of(
                            "ambiguous syntax.*",
                            "Put the '(' behind the function, or a ';' before it."),
                    of(
                            "'<eof>' expected near '(end|else|elseif|until)'",
                            "There is one '$1' too many, or what it belongs to was closed before."),
                    of("'<eof>' expected.*", "'return' must be the last statement of its block."),
                    of("no loop to break.*", "'break' ends a loop and stands inside of one."),
                    of(
                            "unexpected symbol near '<eof>'",
                            "The text ends in the middle of a statement."),
                    of(
                            "unexpected symbol near '(end|else|elseif|then|do|until|[)},;])'",
                            "A value is missing before '$1', or a comma or operator is too many."),
                    of(
                            ".*(escape sequence|digit expected|\\\\u\\{).*",
                            "Write a backslash in a string as \\\\\\\\."),
                    of(
                            "no visible label '(.*)' for.*",
                            "Set the label with ::$1:: in the same function."),
                    of(
                            "label '(.*)' already defined.*",
                            "Give each label of a function its own name."),
                    of(
                            "<goto .*",
                            "Declare the variable before the 'goto', or in a block of its own."),
                    of(
                            ".*too many.*|.*is longer than.*",
                            "Split it into several functions or files."));

    private record Remedy(Pattern message, String text) {}

    private Remedies() {}

    private static Remedy of(String message, String text) {
        return new Remedy(Pattern.compile(message, Pattern.DOTALL), text);
    }

    static String of(String message) {
        for (var known : KNOWN) {
            var fits = known.message().matcher(message);
            if (fits.matches()) {
                return fits.replaceFirst(known.text());
            }
        }
        return OTHERWISE;
    }
}
