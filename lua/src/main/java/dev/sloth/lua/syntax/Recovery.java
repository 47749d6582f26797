package dev.sloth.lua.syntax;

/// Finds where to go on after an error, so that one mistake is reported once and the next one too.
final class Recovery {
    /// How far to look for a bracket's end.
    private static final int LOOK_AHEAD_TOKENS_MAX = 10_000;

    private final Cursor cursor;
    private final StatParser statements;

    Recovery(Cursor cursor, StatParser statements) {
        this.cursor = cursor;
        this.statements = statements;
    }

    /// Goes behind the bracket that closes the one an error was in; fails again if there is none.
    void pastCloser(Kind closer, int level, Failure failure) {
        int found = findCloser(closer);
        if (found < 0) {
            throw failure;
        }
        cursor.restoreLevel(level);
        while (cursor.at() < found) {
            skip();
        }
        if (cursor.at() == found) {
            cursor.advance();
        }
    }

    /// The token that closes a bracket opened before; -1 if the statement ends first.
    private int findCloser(Kind closer) {
        int brackets = 0;
        int blocks = 0;
        int last = Math.min(cursor.at() + LOOK_AHEAD_TOKENS_MAX, cursor.tokens().count - 1);
        for (int i = cursor.at(); i < last; i++) {
            Kind kind = cursor.kindAt(i);
            if (kind == closer && brackets == 0 && blocks == 0) {
                return i;
            }
            blocks += blockStep(kind);
            brackets += blocks > 0 ? 0 : bracketStep(kind);
            if (blocks < 0 || brackets < 0 || (blocks == 0 && opensStatement(kind))) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean opensStatement(Kind kind) {
        return kind.startsStatement() || kind == Kind.ELSE || kind == Kind.ELSEIF;
    }

    private static int blockStep(Kind kind) {
        return switch (kind) {
            case FUNCTION, IF, DO, REPEAT -> 1;
            case END, UNTIL -> -1;
            default -> 0;
        };
    }

    private static int bracketStep(Kind kind) {
        return switch (kind) {
            case OPEN_PARENTHESIS, OPEN_BRACE, OPEN_BRACKET -> 1;
            case CLOSE_PARENTHESIS, CLOSE_BRACE, CLOSE_BRACKET -> -1;
            default -> 0;
        };
    }

    /// Goes to the next place where a statement may begin or a block end; the statement that went
    /// wrong began at `start`.
    void toNextStatement(int start) {
        if (cursor.at() == start && !cursor.kind().endsBlock()) {
            skip();
        }
        while (!canBegin()) {
            skip();
        }
    }

    private boolean canBegin() {
        Kind kind = cursor.kind();
        return switch (kind) {
            case SEMICOLON -> true;
            case FUNCTION -> cursor.kindAt(cursor.at() + 1) == Kind.NAME;
            case NAME, OPEN_PARENTHESIS -> isFirstOfLine();
            default -> kind.endsBlock() || kind.startsStatement();
        };
    }

    private boolean isFirstOfLine() {
        int at = cursor.at();
        return at == 0 || cursor.tokens().lines[at] != cursor.tokens().lines[at - 1];
    }

    /// Behind a condition or a list that went wrong: goes behind the `then` or `do` of the same
    /// statement if there is one, so that its block is read as such.
    void pastHeader() {
        while (true) {
            Kind kind = cursor.kind();
            if (kind == Kind.THEN || kind == Kind.DO) {
                cursor.advance();
                return;
            }
            if (canBegin()) {
                return;
            }
            skip();
        }
    }

    /// Behind parameters that went wrong.
    void pastParameters() {
        int found = findCloser(Kind.CLOSE_PARENTHESIS);
        if (found >= 0 && cursor.tokens().lines[found] == cursor.line()) {
            cursor.jump(found + 1);
        }
    }

    /// Leaves a token out; of a function, the errors in it are still wanted.
    private void skip() {
        int keyword = cursor.advance();
        if (cursor.kindAt(keyword) != Kind.FUNCTION) {
            return;
        }
        int level = cursor.level();
        try {
            statements.skippedBody(keyword);
        } catch (Failure failure) {
            // reported where it was thrown; the search goes on from there
            cursor.restoreLevel(level);
        }
    }
}
