package dev.sloth.lua.syntax;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Parses expressions.
final class ExprParser {
    private final Cursor cursor;
    private final Scopes scopes;
    private final Recovery recovery;
    private final StatParser statements;

    /// How deep the tree of the latest expression is.
    private int height;

    /// How deep the deepest expression of the function being parsed is.
    private int tallest;

    ExprParser(Cursor cursor, Scopes scopes, Recovery recovery, StatParser statements) {
        this.cursor = cursor;
        this.scopes = scopes;
        this.recovery = recovery;
        this.statements = statements;
    }

    List<Expr> expressions() {
        Expr first = expression();
        if (cursor.kind() != Kind.COMMA) {
            return List.of(first);
        }
        List<Expr> list = new ArrayList<>();
        list.add(first);
        int highest = height;
        while (cursor.take(Kind.COMMA)) {
            list.add(expression());
            highest = Math.max(highest, height);
        }
        height = highest;
        return list;
    }

    Expr expression() {
        cursor.enter();
        Expr result;
        if (cursor.kind().isPrefix()) {
            result = chain(new Chain(cursor));
        } else {
            result = operand();
            if (cursor.kind().infix != Infix.NONE) {
                Chain chain = new Chain(cursor);
                chain.operand(result, height);
                chain.infix();
                result = chain(chain);
            }
        }
        tallest = Math.max(tallest, height);
        cursor.leave();
        return result;
    }

    /// Goes on where an operand is due.
    private Expr chain(Chain chain) {
        while (true) {
            while (cursor.kind().isPrefix()) {
                chain.prefix();
            }
            Expr operand = operand();
            chain.operand(operand, height);
            if (cursor.kind().infix == Infix.NONE) {
                break;
            }
            chain.infix();
        }
        Expr whole = chain.whole();
        height = chain.height();
        return whole;
    }

    private Expr operand() {
        height = 1;
        return switch (cursor.kind()) {
            case NUMBER -> number();
            case STRING -> string();
            case NIL -> new Expr.Nil(taken());
            case TRUE -> new Expr.Bool(true, taken());
            case FALSE -> new Expr.Bool(false, taken());
            case DOTS -> varargs();
            case OPEN_BRACE -> table();
            case FUNCTION -> function();
            default -> suffixed();
        };
    }

    private Span taken() {
        Span span = cursor.span();
        cursor.advance();
        return span;
    }

    private Expr number() {
        Span span = cursor.span();
        double value = Numerals.read(cursor.tokens().text, span.from(), span.to());
        if (Double.isNaN(value)) {
            throw cursor.fail("malformed number");
        }
        cursor.advance();
        return new Expr.Num(value, span);
    }

    private Expr.Str string() {
        Span span = cursor.span();
        byte[] bytes =
                switch (StringLiteral.read(cursor.tokens().text, span.from(), span.to())) {
                    case StringLiteral.Read.Bytes(var read) -> read;
                    case StringLiteral.Read.Wrong(var message) -> throw cursor.failWith(message);
                };
        cursor.advance();
        return new Expr.Str(bytes, span);
    }

    private Expr varargs() {
        if (!scopes.inVarargs()) {
            throw cursor.fail("cannot use '...' outside a vararg function");
        }
        return new Expr.Varargs(taken());
    }

    private Expr function() {
        int keyword = cursor.advance();
        FunctionBody body = body("", keyword, List.of());
        return new Expr.Function(body, body.span());
    }

    /// A function from its parameters on; its tree counts as a part of the expression around it.
    FunctionBody body(String name, int keyword, List<Name> self) {
        int outside = tallest;
        tallest = 0;
        FunctionBody body = statements.body(name, keyword, self);
        height = cursor.checkHeight(tallest + 1);
        tallest = Math.max(outside, height);
        return body;
    }

    /// A name or parentheses, and the calls and keys behind.
    Expr suffixed() {
        Expr expr = primary();
        while (true) {
            switch (cursor.kind()) {
                case DOT -> expr = dotted(expr);
                case OPEN_BRACKET -> expr = indexed(expr);
                case COLON -> expr = method(expr);
                case OPEN_PARENTHESIS, STRING, OPEN_BRACE -> expr = call(expr);
                default -> {
                    return expr;
                }
            }
        }
    }

    private Expr primary() {
        height = 1;
        return switch (cursor.kind()) {
            case NAME -> new Expr.Variable(cursor.name());
            case OPEN_PARENTHESIS -> parenthesized();
            default -> throw cursor.fail("unexpected symbol");
        };
    }

    private Expr parenthesized() {
        int opener = cursor.advance();
        int level = cursor.level();
        Expr inner;
        try {
            inner = expression();
            cursor.close(Kind.CLOSE_PARENTHESIS, opener);
        } catch (Failure failure) {
            recovery.pastCloser(Kind.CLOSE_PARENTHESIS, level, failure);
            inner = new Expr.Nil(cursor.spanFrom(opener));
        }
        height = cursor.checkHeight(height + 1);
        return new Expr.Parenthesized(inner, cursor.spanFrom(opener));
    }

    Expr dotted(Expr object) {
        cursor.advance();
        Expr.Str key = key(cursor.name());
        height = cursor.checkHeight(height + 1);
        return new Expr.Index(object, key, true, cursor.spanFrom(object.span()));
    }

    static Expr.Str key(Name name) {
        return new Expr.Str(name.text().getBytes(StandardCharsets.US_ASCII), name.span());
    }

    private Expr indexed(Expr object) {
        int objectHeight = height;
        Expr key = bracketed();
        height = cursor.checkHeight(Math.max(objectHeight, height) + 1);
        return new Expr.Index(object, key, false, cursor.spanFrom(object.span()));
    }

    private Expr bracketed() {
        int opener = cursor.advance();
        int level = cursor.level();
        try {
            Expr key = expression();
            cursor.close(Kind.CLOSE_BRACKET, opener);
            return key;
        } catch (Failure failure) {
            recovery.pastCloser(Kind.CLOSE_BRACKET, level, failure);
            return new Expr.Nil(cursor.spanFrom(opener));
        }
    }

    private Expr method(Expr object) {
        int objectHeight = height;
        cursor.advance();
        Name method = cursor.name();
        List<Expr> arguments = arguments();
        height = cursor.checkHeight(Math.max(objectHeight, height) + 1);
        return new Expr.MethodCall(object, method, arguments, cursor.spanFrom(object.span()));
    }

    private Expr call(Expr callee) {
        int calleeHeight = height;
        List<Expr> arguments = arguments();
        height = cursor.checkHeight(Math.max(calleeHeight, height) + 1);
        return new Expr.Call(callee, arguments, cursor.spanFrom(callee.span()));
    }

    private List<Expr> arguments() {
        height = 1;
        return switch (cursor.kind()) {
            case STRING -> List.of(string());
            case OPEN_BRACE -> List.of(table());
            case OPEN_PARENTHESIS -> parenthesizedArguments();
            default -> throw cursor.fail("function arguments expected");
        };
    }

    private List<Expr> parenthesizedArguments() {
        if (breaksLineBefore(cursor.at())) {
            // whatever was meant, what follows reads the same
            cursor.fail("ambiguous syntax (function call x new statement)");
        }
        int opener = cursor.advance();
        int level = cursor.level();
        try {
            if (cursor.take(Kind.CLOSE_PARENTHESIS)) {
                return List.of();
            }
            List<Expr> list = expressions();
            cursor.close(Kind.CLOSE_PARENTHESIS, opener);
            return list;
        } catch (Failure failure) {
            recovery.pastCloser(Kind.CLOSE_PARENTHESIS, level, failure);
            return List.of();
        }
    }

    private boolean breaksLineBefore(int token) {
        Tokens tokens = cursor.tokens();
        for (int i = tokens.to[token - 1]; i < tokens.from[token]; i++) {
            if (tokens.text[i] == '\n' || tokens.text[i] == '\r') {
                return true;
            }
        }
        return false;
    }

    private Expr table() {
        int opener = cursor.advance();
        int level = cursor.level();
        List<Expr.Field> fields = new ArrayList<>();
        int highest = 0;
        try {
            while (cursor.kind() != Kind.CLOSE_BRACE) {
                height = 0;
                fields.add(field());
                highest = Math.max(highest, height);
                if (!cursor.take(Kind.COMMA) && !cursor.take(Kind.SEMICOLON)) {
                    break;
                }
            }
            cursor.close(Kind.CLOSE_BRACE, opener);
        } catch (Failure failure) {
            recovery.pastCloser(Kind.CLOSE_BRACE, level, failure);
        }
        height = cursor.checkHeight(highest + 1);
        return new Expr.Table(fields, cursor.spanFrom(opener));
    }

    private Expr.Field field() {
        if (cursor.kind() == Kind.NAME && cursor.kindAt(cursor.at() + 1) == Kind.ASSIGN) {
            Name name = cursor.name();
            cursor.advance();
            return new Expr.Field.Named(name, expression());
        }
        if (cursor.kind() == Kind.OPEN_BRACKET) {
            Expr key = bracketed();
            int keyHeight = height;
            cursor.expect(Kind.ASSIGN);
            Expr value = expression();
            height = Math.max(keyHeight, height);
            return new Expr.Field.Keyed(key, value);
        }
        return new Expr.Field.Item(expression());
    }
}
