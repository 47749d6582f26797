package dev.sloth.core.select;

import dev.sloth.core.select.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Takes an expression apart.
final class Lexer {
    /// What other languages write, and what it is here.
    private static final Map<String, String> OTHERWISE =
            Map.of(
                    "&&", "and",
                    "||", "or",
                    "&", "and",
                    "|", "or",
                    "!", "not",
                    "=", "==",
                    "~=", "!=",
                    "=~", "matches");

    private static final List<String> SIGNS = List.of("==", "!=", "(", ")", ",");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    /// The last one is `END`.
    ///
    /// @throws BadExpression when there is something in it that means nothing
    static List<Token> tokens(String text) throws BadExpression {
        var lexer = new Lexer(text);
        lexer.read();
        return lexer.tokens;
    }

    private void read() throws BadExpression {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '\'' || c == '"') {
                string(c);
            } else if (letter(c)) {
                word();
            } else {
                sign();
            }
        }
        tokens.add(new Token(Kind.END, "", at + 1));
    }

    private void string(char quote) throws BadExpression {
        int end = text.indexOf(quote, at + 1);
        if (end < 0) {
            throw new BadExpression(at + 1, "the string that begins here has no end", "close it");
        }
        tokens.add(new Token(Kind.STRING, text.substring(at + 1, end), at + 1));
        at = end + 1;
    }

    private static boolean letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private void word() {
        int from = at;
        while (at < text.length()
                && (letter(text.charAt(at)) || "._-".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        tokens.add(new Token(Kind.WORD, text.substring(from, at), from + 1));
    }

    private void sign() throws BadExpression {
        for (var sign : SIGNS) {
            if (text.startsWith(sign, at)) {
                tokens.add(new Token(Kind.SIGN, sign, at + 1));
                at += sign.length();
                return;
            }
        }
        for (int length = 2; length >= 1; length--) {
            var here = text.substring(at, Math.min(text.length(), at + length));
            var meant = OTHERWISE.get(here);
            if (meant != null) {
                throw new BadExpression(
                        at + 1, "'%s' means nothing here".formatted(here), "write " + meant);
            }
        }
        throw new BadExpression(
                at + 1,
                "the character '%s' means nothing here".formatted(shown(text.codePointAt(at))),
                "put words in quotes: region == 'eu'");
    }

    private static String shown(int character) {
        return Character.isISOControl(character) ? "?" : Character.toString(character);
    }
}
