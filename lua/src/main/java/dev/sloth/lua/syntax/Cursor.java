package dev.sloth.lua.syntax;

/// Where the parser is in the tokens, how deep, and what it found wrong.
final class Cursor {
    /// So many tokens are paid for at once.
    private static final int TOKENS_AT_ONCE = 1_024;

    /// About what becomes of a token: a part of the tree, and of what is compiled from that.
    private static final long BYTES_PER_TOKEN = 144;

    private final Tokens tokens;
    private final Allowance allowance;
    private final ParserLimits limits;
    private final Errors errors;
    private int at;
    private int paid;
    private int level;

    /// The token of the latest error: one token is wrong only once.
    private int blamed = -1;

    Cursor(Tokens tokens, ParserLimits limits, Allowance allowance) {
        this.tokens = tokens;
        this.allowance = allowance;
        this.limits = limits;
        this.errors = new Errors(limits.errorsMax());
    }

    Tokens tokens() {
        return tokens;
    }

    Errors errors() {
        return errors;
    }

    Kind kind() {
        return tokens.kinds[at];
    }

    Kind kindAt(int token) {
        return tokens.kinds[Math.min(token, tokens.count - 1)];
    }

    int at() {
        return at;
    }

    int line() {
        return tokens.lines[at];
    }

    String text() {
        return tokens.texts[at];
    }

    Span span() {
        return tokens.span(at);
    }

    /// From a token to the one before this.
    Span spanFrom(int first) {
        return tokens.span(first, Math.max(first, at - 1));
    }

    /// From a place to the end of the token before this.
    Span spanFrom(Span first) {
        return new Span(first.from(), tokens.to[at - 1], first.line(), first.column());
    }

    /// Takes the token here, whatever it is; the end of the text stays.
    int advance() {
        int taken = at;
        if (at < tokens.count - 1) {
            at++;
        }
        if (at >= paid) {
            pay();
        }
        return taken;
    }

    private void pay() {
        int more = Math.min(TOKENS_AT_ONCE, tokens.count - paid);
        paid += TOKENS_AT_ONCE;
        allowance.take(more * BYTES_PER_TOKEN);
    }

    void jump(int token) {
        at = token;
    }

    boolean take(Kind wanted) {
        if (tokens.kinds[at] != wanted) {
            return false;
        }
        advance();
        return true;
    }

    int expect(Kind wanted) {
        if (tokens.kinds[at] != wanted) {
            throw fail("'" + wanted.text + "' expected");
        }
        return advance();
    }

    /// Takes what closes an opener.
    void close(Kind closer, int opener) {
        if (!take(closer)) {
            throw missing(closer, opener);
        }
    }

    Failure missing(Kind closer, int opener) {
        if (opener < 0 || tokens.lines[opener] == line()) {
            return fail("'" + closer.text + "' expected");
        }
        return fail(
                "'%s' expected (to close '%s' at line %d)"
                        .formatted(closer.text, tokens.kinds[opener].text, tokens.lines[opener]));
    }

    Name name() {
        int token = expect(Kind.NAME);
        return new Name(tokens.texts[token], tokens.span(token));
    }

    /// Reports that the token here is wrong; to be thrown by who cannot go on.
    Failure fail(String what) {
        switch (kind()) {
            case BAD -> blame(new SyntaxError(text(), span()), false);
            case UNFINISHED -> blame(new SyntaxError(text(), tokens.span(tokens.count - 1)), true);
            case NUMBER -> blame(near(isNumber() ? what : "malformed number"), false);
            default -> blame(near(what), kind() == Kind.END_OF_TEXT);
        }
        return new Failure();
    }

    private SyntaxError near(String what) {
        return new SyntaxError(what + " near '" + tokens.near(at) + "'", span());
    }

    private boolean isNumber() {
        return !Double.isNaN(Numerals.read(tokens.text, tokens.from[at], tokens.to[at]));
    }

    /// Reports the token here with a message that names the token itself.
    Failure failWith(String message) {
        blame(new SyntaxError(message, span()), false);
        return new Failure();
    }

    private void blame(SyntaxError error, boolean atEnd) {
        if (at > blamed) {
            blamed = at;
            errors.add(error, atEnd);
            stopIfFull();
        }
    }

    /// Reports something that does not keep the parser from going on.
    void complain(String message, Span place) {
        errors.add(new SyntaxError(message, place), false);
        stopIfFull();
    }

    String nearHere() {
        return " near '" + tokens.near(at) + "'";
    }

    /// At the end of the text everything unwinds by itself.
    private void stopIfFull() {
        if (errors.isFull()) {
            stop();
        }
    }

    private void stop() {
        at = tokens.count - 1;
        blamed = at;
    }

    int level() {
        return level;
    }

    void restoreLevel(int earlier) {
        level = earlier;
    }

    void enter() {
        if (++level > limits.nestingMax()) {
            throw tooDeep();
        }
    }

    void leave() {
        level--;
    }

    int checkHeight(int height) {
        if (height > limits.treeDepthMax()) {
            throw tooDeep();
        }
        return height;
    }

    /// Nothing after this is worth reading.
    private Failure tooDeep() {
        Failure failure = failWith("chunk has too many syntax levels");
        stop();
        return failure;
    }
}
