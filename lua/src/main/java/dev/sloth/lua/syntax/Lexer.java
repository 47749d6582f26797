package dev.sloth.lua.syntax;

/// Cuts a text into tokens. Never fails: what is no token becomes one that says what is wrong, and
/// the parser reports it when it gets there.
final class Lexer {
    private final byte[] text;
    private final int end;
    private final Tokens tokens;
    private final NameTable names;
    private int at;
    private int line = 1;
    private int lineStart;

    private Lexer(byte[] text, Allowance allowance) {
        this.text = text;
        this.end = text.length;
        this.tokens = new Tokens(text, allowance);
        this.names = new NameTable(text, allowance);
    }

    static Tokens read(byte[] text) {
        return read(text, Allowance.UNLIMITED);
    }

    static Tokens read(byte[] text, Allowance allowance) {
        return new Lexer(text, allowance).run();
    }

    private Tokens run() {
        at = Pieces.mark(text);
        skipHashLine();
        while (skipBlanks()) {
            token();
        }
        tokens.add(Kind.END_OF_TEXT, end, end, line, end - lineStart + 1, "");
        return tokens;
    }

    private void skipHashLine() {
        if (peek(0) == '#' && peek(1) == '!') {
            Span start = here();
            skipLine();
            tokens.comment(upTo(start));
        }
    }

    /// Whether there is anything after the blanks.
    private boolean skipBlanks() {
        while (at < end) {
            switch (text[at]) {
                case ' ', '\t', 0x0B, '\f' -> at++;
                case '\n', '\r' -> newline();
                default -> {
                    return true;
                }
            }
        }
        return false;
    }

    private void newline() {
        byte first = text[at++];
        if (at < end && (text[at] == '\n' || text[at] == '\r') && text[at] != first) {
            at++;
        }
        line++;
        lineStart = at;
    }

    private int peek(int ahead) {
        return at + ahead < end ? text[at + ahead] : -1;
    }

    /// An empty place here, to be stretched by [#upTo].
    private Span here() {
        return new Span(at, at, line, at - lineStart + 1);
    }

    private Span upTo(Span start) {
        return new Span(start.from(), at, start.line(), start.column());
    }

    private void token() {
        byte c = text[at];
        if (isLetter(c)) {
            word();
            return;
        }
        if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
            number();
            return;
        }
        switch (c) {
            case '"', '\'' -> quoted(c);
            case '[' -> bracket();
            case '-' -> dash();
            default -> symbol(c);
        }
    }

    private void word() {
        int start = at;
        int hash = 0;
        while (at < end && (isLetter(text[at]) || isDigit(text[at]))) {
            hash = hash * 31 + text[at++];
        }
        int slot = names.find(start, at, hash);
        tokens.add(names.kind(slot), start, at, line, start - lineStart + 1, names.word(slot));
    }

    /// Takes all that could belong to a number; [Numerals] tells whether it is one.
    private void number() {
        int start = at;
        boolean hex = text[at] == '0' && (peek(1) | 0x20) == 'x';
        if (hex) {
            at += 2;
        } else {
            while (isDigit(peek(0)) || peek(0) == '.') {
                at++;
            }
            if ((peek(0) | 0x20) == 'e') {
                exponentSign();
            }
        }
        while (isWordPart(peek(0)) || (hex && peek(0) == '.' && peek(1) != '.')) {
            if (hex && (peek(0) | 0x20) == 'p') {
                exponentSign();
            } else {
                at++;
            }
        }
        tokens.add(Kind.NUMBER, start, at, line, start - lineStart + 1, "");
    }

    private void exponentSign() {
        at++;
        if (peek(0) == '+' || peek(0) == '-') {
            at++;
        }
    }

    private void quoted(byte quote) {
        Span start = here();
        at++;
        while (at < end && text[at] != quote && text[at] != '\n' && text[at] != '\r') {
            if (text[at++] == '\\') {
                escaped();
            }
        }
        if (at < end && text[at] == quote) {
            at++;
            tokens.add(Kind.STRING, upTo(start), "");
            return;
        }
        String near = at < end ? Tokens.near(text, start.from(), at) : Kind.END_OF_TEXT.text;
        tokens.add(Kind.BAD, upTo(start), "unfinished string near '" + near + "'");
    }

    /// Behind a backslash: takes what must not be read as the string's end.
    private void escaped() {
        if (at >= end) {
            return;
        }
        switch (text[at]) {
            case '\n', '\r' -> newline();
            case 'z' -> {
                at++;
                skipBlanks();
            }
            default -> at++;
        }
    }

    private void bracket() {
        int level = longLevel();
        if (level >= 0) {
            Span start = here();
            boolean closed = skipLong(level);
            addLong(closed, start, "string");
        } else if (level == -1) {
            symbol((byte) '[');
        } else {
            Span start = here();
            at += -level;
            String near = Tokens.near(text, start.from(), at);
            tokens.add(Kind.BAD, upTo(start), "invalid long string delimiter near '" + near + "'");
        }
    }

    private void addLong(boolean closed, Span start, String what) {
        if (closed && what.equals("string")) {
            tokens.add(Kind.STRING, upTo(start), "");
        } else if (closed) {
            tokens.comment(upTo(start));
        } else {
            String opener =
                    start.line() == line ? "" : " (to close the one at line " + start.line() + ")";
            tokens.add(
                    Kind.UNFINISHED,
                    upTo(start),
                    "unfinished long " + what + opener + " near '<eof>'");
        }
    }

    /// The level of the long bracket that opens here; -1 if a plain bracket does; the length of a
    /// broken long bracket, negated, otherwise.
    private int longLevel() {
        int i = 1;
        while (peek(i) == '=') {
            i++;
        }
        if (peek(i) == '[') {
            return i - 1;
        }
        return -i;
    }

    /// Whether the long bracket that opens here is closed.
    private boolean skipLong(int level) {
        at += level + 2;
        while (at < end) {
            byte c = text[at];
            if (c == ']' && closesLong(level)) {
                at += level + 2;
                return true;
            }
            if (c == '\n' || c == '\r') {
                newline();
            } else {
                at++;
            }
        }
        return false;
    }

    private boolean closesLong(int level) {
        for (int i = 1; i <= level; i++) {
            if (peek(i) != '=') {
                return false;
            }
        }
        return peek(level + 1) == ']';
    }

    private void dash() {
        if (peek(1) != '-') {
            symbol((byte) '-');
            return;
        }
        Span start = here();
        at += 2;
        int level = peek(0) == '[' ? longLevel() : -1;
        if (level >= 0) {
            boolean closed = skipLong(level);
            addLong(closed, start, "comment");
            return;
        }
        skipLine();
        tokens.comment(upTo(start));
    }

    private void skipLine() {
        while (at < end && text[at] != '\n' && text[at] != '\r') {
            at++;
        }
    }

    private void symbol(byte c) {
        Kind kind = symbolKind(c);
        int length = kind == Kind.UNKNOWN ? unknownLength() : kind.text.length();
        tokens.add(kind, at, at + length, line, at - lineStart + 1, "");
        at += length;
    }

    private Kind symbolKind(byte c) {
        return switch (c) {
            case '+' -> Kind.PLUS;
            case '-' -> Kind.MINUS;
            case '*' -> Kind.STAR;
            case '/' -> Kind.SLASH;
            case '%' -> Kind.PERCENT;
            case '^' -> Kind.CARET;
            case '#' -> Kind.HASH;
            case '(' -> Kind.OPEN_PARENTHESIS;
            case ')' -> Kind.CLOSE_PARENTHESIS;
            case '{' -> Kind.OPEN_BRACE;
            case '}' -> Kind.CLOSE_BRACE;
            case '[' -> Kind.OPEN_BRACKET;
            case ']' -> Kind.CLOSE_BRACKET;
            case ';' -> Kind.SEMICOLON;
            case ',' -> Kind.COMMA;
            default -> pairKind(c, peek(1));
        };
    }

    private Kind pairKind(byte c, int next) {
        return switch (c) {
            case '=' -> next == '=' ? Kind.EQUAL : Kind.ASSIGN;
            case '<' -> next == '=' ? Kind.LESS_OR_EQUAL : Kind.LESS;
            case '>' -> next == '=' ? Kind.GREATER_OR_EQUAL : Kind.GREATER;
            case '~' -> next == '=' ? Kind.NOT_EQUAL : Kind.UNKNOWN;
            case ':' -> next == ':' ? Kind.DOUBLE_COLON : Kind.COLON;
            case '.' -> next != '.' ? Kind.DOT : peek(2) == '.' ? Kind.DOTS : Kind.CONCAT;
            default -> Kind.UNKNOWN;
        };
    }

    /// A character of several bytes is one unknown token, so that messages show it whole.
    private int unknownLength() {
        int length = 1;
        if ((text[at] & 0xC0) == 0xC0) {
            while (at + length < end && (text[at + length] & 0xC0) == 0x80) {
                length++;
            }
        }
        return length;
    }

    private static boolean isLetter(int c) {
        int low = c | 0x20;
        return (low >= 'a' && low <= 'z') || c == '_';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordPart(int c) {
        return isLetter(c) || isDigit(c);
    }
}
