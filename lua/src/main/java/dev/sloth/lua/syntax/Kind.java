package dev.sloth.lua.syntax;

import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Collectors;

/// What a token is. `goto` is no keyword: it is one only before a name at the start of a statement.
enum Kind {
    END_OF_TEXT("<eof>"),
    NAME("<name>"),
    NUMBER("<number>"),
    STRING("<string>"),
    /// A token that is wrong by itself; its text in [Tokens] is the error.
    BAD("<bad>"),
    /// A long string or comment that the text's end cuts off; its text in [Tokens] is the error.
    UNFINISHED("<unfinished>"),
    /// A character that starts no token.
    UNKNOWN("<unknown>"),

    AND("and", Infix.AND),
    BREAK("break"),
    DO("do"),
    ELSE("else"),
    ELSEIF("elseif"),
    END("end"),
    FALSE("false"),
    FOR("for"),
    FUNCTION("function"),
    IF("if"),
    IN("in"),
    LOCAL("local"),
    NIL("nil"),
    NOT("not"),
    OR("or", Infix.OR),
    REPEAT("repeat"),
    RETURN("return"),
    THEN("then"),
    TRUE("true"),
    UNTIL("until"),
    WHILE("while"),

    PLUS("+", Infix.ADD),
    MINUS("-", Infix.SUBTRACT),
    STAR("*", Infix.MULTIPLY),
    SLASH("/", Infix.DIVIDE),
    PERCENT("%", Infix.MODULO),
    CARET("^", Infix.POWER),
    HASH("#"),
    EQUAL("==", Infix.EQUAL),
    NOT_EQUAL("~=", Infix.NOT_EQUAL),
    LESS_OR_EQUAL("<=", Infix.LESS_OR_EQUAL),
    GREATER_OR_EQUAL(">=", Infix.GREATER_OR_EQUAL),
    LESS("<", Infix.LESS),
    GREATER(">", Infix.GREATER),
    ASSIGN("="),
    OPEN_PARENTHESIS("("),
    CLOSE_PARENTHESIS(")"),
    OPEN_BRACE("{"),
    CLOSE_BRACE("}"),
    OPEN_BRACKET("["),
    CLOSE_BRACKET("]"),
    DOUBLE_COLON("::"),
    SEMICOLON(";"),
    COLON(":"),
    COMMA(","),
    DOT("."),
    CONCAT("..", Infix.CONCAT),
    DOTS("...");

    private static final Map<String, Kind> KEYWORDS =
            EnumSet.range(AND, WHILE).stream()
                    .collect(Collectors.toUnmodifiableMap(k -> k.text, k -> k));

    final String text;
    final Infix infix;

    Kind(String text) {
        this(text, Infix.NONE);
    }

    Kind(String text, Infix infix) {
        this.text = text;
        this.infix = infix;
    }

    static Kind ofWord(String word) {
        return KEYWORDS.getOrDefault(word, NAME);
    }

    boolean isPrefix() {
        return this == MINUS || this == NOT || this == HASH;
    }

    /// Ends a block that somebody else opened.
    boolean endsBlock() {
        return this == END
                || this == ELSE
                || this == ELSEIF
                || this == UNTIL
                || this == END_OF_TEXT;
    }

    /// Can only be the first word of a statement.
    boolean startsStatement() {
        return switch (this) {
            case LOCAL, IF, WHILE, FOR, REPEAT, RETURN, BREAK, DO, DOUBLE_COLON -> true;
            default -> false;
        };
    }
}
