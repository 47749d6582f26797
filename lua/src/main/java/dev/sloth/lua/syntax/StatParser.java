package dev.sloth.lua.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Parses statements and blocks.
final class StatParser {
    /// A numeric or generic `for` keeps its state in so many hidden locals.
    private static final int HIDDEN_LOCALS_OF_FOR = 3;

    private final Cursor cursor;
    private final Scopes scopes;
    private final Recovery recovery;
    private final ExprParser expressions;

    StatParser(Cursor cursor) {
        this.cursor = cursor;
        this.scopes = new Scopes(cursor);
        this.recovery = new Recovery(cursor, this);
        this.expressions = new ExprParser(cursor, scopes, recovery, this);
    }

    FunctionBody main() {
        List<Stat> stats = new ArrayList<>(statements(Kind.END_OF_TEXT, -1));
        while (cursor.kind() != Kind.END_OF_TEXT) {
            if (cursor.errors().isEmpty()) {
                cursor.fail("'<eof>' expected");
            }
            cursor.advance();
            stats.addAll(statements(Kind.END_OF_TEXT, -1));
        }
        scopes.closeFunction();
        Span all = new Span(0, cursor.tokens().text.length, 1, 1);
        return new FunctionBody("", List.of(), true, new Block(stats, all), cursor.at(), all);
    }

    /// The statements of a block whose scope is open, up to what ends it, which is expected to be
    /// `closer`.
    private List<Stat> statements(Kind closer, int opener) {
        List<Stat> stats = new ArrayList<>();
        while (!cursor.kind().endsBlock()) {
            int start = cursor.at();
            int level = cursor.level();
            Scopes.Mark mark = scopes.mark();
            try {
                statement(closer, opener).ifPresent(stats::add);
            } catch (Failure failure) {
                // reported where it was thrown
                scopes.reset(mark);
                cursor.restoreLevel(level);
                recovery.toNextStatement(start);
            }
        }
        return stats;
    }

    private Block block(Kind closer, int opener, boolean loop) {
        scopes.openBlock(loop);
        Block block = openedBlock(closer, opener);
        scopes.closeBlock(false);
        return block;
    }

    private Block openedBlock(Kind closer, int opener) {
        int first = cursor.at();
        List<Stat> stats = statements(closer, opener);
        Span start = cursor.tokens().span(first);
        Span span =
                cursor.at() > first
                        ? cursor.spanFrom(first)
                        : new Span(start.from(), start.from(), start.line(), start.column());
        return new Block(stats, span);
    }

    private Optional<Stat> statement(Kind closer, int opener) {
        if (cursor.take(Kind.SEMICOLON)) {
            return Optional.empty();
        }
        cursor.enter();
        Stat stat = statementProper();
        cursor.leave();
        if (stat instanceof Stat.Return || stat instanceof Stat.Break) {
            cursor.take(Kind.SEMICOLON);
            if (!cursor.kind().endsBlock()) {
                throw cursor.missing(closer, opener);
            }
        }
        if (!(stat instanceof Stat.Label)) {
            scopes.sawStatement();
        }
        return Optional.of(stat);
    }

    private Stat statementProper() {
        return switch (cursor.kind()) {
            case IF -> ifStatement();
            case WHILE -> whileStatement();
            case DO -> doStatement();
            case FOR -> forStatement();
            case REPEAT -> repeatStatement();
            case FUNCTION -> functionStatement();
            case LOCAL -> localStatement();
            case RETURN -> returnStatement();
            case BREAK -> breakStatement();
            case DOUBLE_COLON -> labelStatement();
            default -> isGoto() ? gotoStatement() : callOrAssignment();
        };
    }

    private boolean isGoto() {
        return cursor.kind() == Kind.NAME
                && cursor.text().equals("goto")
                && cursor.kindAt(cursor.at() + 1) == Kind.NAME;
    }

    private Stat ifStatement() {
        int opener = cursor.at();
        List<Stat.Branch> branches = new ArrayList<>();
        do {
            cursor.advance();
            Expr condition = header(Kind.THEN);
            branches.add(new Stat.Branch(condition, block(Kind.END, opener, false)));
        } while (cursor.kind() == Kind.ELSEIF);
        Optional<Block> otherwise = Optional.empty();
        if (cursor.take(Kind.ELSE)) {
            otherwise = Optional.of(block(Kind.END, opener, false));
        }
        cursor.close(Kind.END, opener);
        return new Stat.If(branches, otherwise, cursor.spanFrom(opener));
    }

    /// A condition and the word behind it.
    private Expr header(Kind word) {
        int start = cursor.at();
        int level = cursor.level();
        try {
            Expr condition = expressions.expression();
            cursor.expect(word);
            return condition;
        } catch (Failure failure) {
            // reported where it was thrown
            cursor.restoreLevel(level);
            recovery.pastHeader();
            return new Expr.Nil(cursor.spanFrom(start));
        }
    }

    private Stat whileStatement() {
        int opener = cursor.advance();
        Expr condition = header(Kind.DO);
        Block block = block(Kind.END, opener, true);
        cursor.close(Kind.END, opener);
        return new Stat.While(condition, block, cursor.spanFrom(opener));
    }

    private Stat doStatement() {
        int opener = cursor.advance();
        Block block = block(Kind.END, opener, false);
        cursor.close(Kind.END, opener);
        return new Stat.Do(block, cursor.spanFrom(opener));
    }

    private Stat repeatStatement() {
        int opener = cursor.advance();
        scopes.openBlock(true);
        Block block = openedBlock(Kind.UNTIL, opener);
        cursor.close(Kind.UNTIL, opener);
        Expr condition = expressions.expression();
        scopes.closeBlock(true);
        return new Stat.Repeat(block, condition, cursor.spanFrom(opener));
    }

    private Stat forStatement() {
        int opener = cursor.advance();
        int level = cursor.level();
        ForHeader header;
        try {
            header = forHeader();
            cursor.expect(Kind.DO);
        } catch (Failure failure) {
            // reported where it was thrown
            cursor.restoreLevel(level);
            recovery.pastHeader();
            header = new ForHeader.Generic(List.of(), List.of());
        }
        Block block = forBlock(header.names(), opener);
        cursor.close(Kind.END, opener);
        Span span = cursor.spanFrom(opener);
        return switch (header) {
            case ForHeader.Numeric(var name, var from, var to, var step) ->
                    new Stat.NumericFor(name, from, to, step, block, span);
            case ForHeader.Generic(var names, var values) ->
                    new Stat.GenericFor(names, values, block, span);
        };
    }

    private sealed interface ForHeader {
        List<Name> names();

        record Numeric(Name name, Expr from, Expr to, Optional<Expr> step) implements ForHeader {
            @Override
            public List<Name> names() {
                return List.of(name);
            }
        }

        record Generic(List<Name> names, List<Expr> values) implements ForHeader {}
    }

    private ForHeader forHeader() {
        Name first = cursor.name();
        return switch (cursor.kind()) {
            case ASSIGN -> numericHeader(first);
            case COMMA, IN -> genericHeader(first);
            default -> throw cursor.fail("'=' or 'in' expected");
        };
    }

    private ForHeader numericHeader(Name name) {
        cursor.advance();
        Expr from = expressions.expression();
        cursor.expect(Kind.COMMA);
        Expr to = expressions.expression();
        Optional<Expr> step =
                cursor.take(Kind.COMMA) ? Optional.of(expressions.expression()) : Optional.empty();
        return new ForHeader.Numeric(name, from, to, step);
    }

    private ForHeader genericHeader(Name first) {
        List<Name> names = new ArrayList<>();
        names.add(first);
        while (cursor.take(Kind.COMMA)) {
            names.add(cursor.name());
        }
        cursor.expect(Kind.IN);
        return new ForHeader.Generic(names, expressions.expressions());
    }

    private Block forBlock(List<Name> names, int opener) {
        scopes.openBlock(true);
        for (int i = 0; i < HIDDEN_LOCALS_OF_FOR; i++) {
            scopes.declare("(for state)", cursor.tokens().span(opener));
        }
        names.forEach(scopes::declare);
        Block block = openedBlock(Kind.END, opener);
        scopes.closeBlock(false);
        return block;
    }

    /// `function a.b:c() end`
    private Stat functionStatement() {
        int keyword = cursor.advance();
        Name first = cursor.name();
        StringBuilder name = new StringBuilder(first.text());
        Expr target = new Expr.Variable(first);
        while (cursor.kind() == Kind.DOT) {
            target = expressions.dotted(target);
            name.append('.').append(lastName());
        }
        List<Name> self = List.of();
        if (cursor.kind() == Kind.COLON) {
            target = expressions.dotted(target);
            name.append(':').append(lastName());
            self = List.of(new Name("self", cursor.spanFrom(cursor.at() - 1)));
        }
        FunctionBody body = expressions.body(name.toString(), keyword, self);
        Expr function = new Expr.Function(body, body.span());
        return new Stat.Assign(List.of(target), List.of(function), cursor.spanFrom(keyword));
    }

    private String lastName() {
        return cursor.tokens().texts[cursor.at() - 1];
    }

    /// A function from its parameters on.
    FunctionBody body(String name, int keyword, List<Name> self) {
        int level = cursor.level();
        List<Name> parameters = new ArrayList<>(self);
        boolean varargs;
        try {
            varargs = parameters(parameters);
        } catch (Failure failure) {
            // reported where it was thrown
            cursor.restoreLevel(level);
            recovery.pastParameters();
            varargs = true;
        }
        Scopes.Mark outside = scopes.mark();
        scopes.openFunction(varargs, cursor.tokens().lines[keyword]);
        try {
            parameters.forEach(scopes::declare);
            Block block = openedBlock(Kind.END, keyword);
            cursor.close(Kind.END, keyword);
            scopes.closeFunction();
            int tokens = cursor.at() - keyword;
            Span all = cursor.spanFrom(keyword);
            return new FunctionBody(name, parameters, varargs, block, tokens, all);
        } finally {
            scopes.reset(outside);
        }
    }

    /// Parses a function of which only the errors matter.
    void skippedBody(int keyword) {
        if (cursor.kind() == Kind.OPEN_PARENTHESIS) {
            expressions.body("", keyword, List.of());
        }
    }

    /// Whether the last one is `...`.
    private boolean parameters(List<Name> into) {
        int opener = cursor.expect(Kind.OPEN_PARENTHESIS);
        if (cursor.take(Kind.CLOSE_PARENTHESIS)) {
            return false;
        }
        boolean varargs = false;
        do {
            if (cursor.take(Kind.DOTS)) {
                varargs = true;
                break;
            }
            if (cursor.kind() != Kind.NAME) {
                throw cursor.fail("<name> or '...' expected");
            }
            into.add(cursor.name());
        } while (cursor.take(Kind.COMMA));
        cursor.close(Kind.CLOSE_PARENTHESIS, opener);
        return varargs;
    }

    private Stat localStatement() {
        int start = cursor.advance();
        if (cursor.take(Kind.FUNCTION)) {
            return localFunction(start);
        }
        List<Name> names = new ArrayList<>(1);
        do {
            names.add(cursor.name());
        } while (cursor.take(Kind.COMMA));
        List<Expr> values = cursor.take(Kind.ASSIGN) ? expressions.expressions() : List.<Expr>of();
        names.forEach(scopes::declare);
        return new Stat.Local(names, values, cursor.spanFrom(start));
    }

    private Stat localFunction(int start) {
        int keyword = cursor.at() - 1;
        Name name = cursor.name();
        scopes.declare(name);
        FunctionBody body = expressions.body(name.text(), keyword, List.of());
        return new Stat.LocalFunction(name, body, cursor.spanFrom(start));
    }

    private Stat returnStatement() {
        int start = cursor.advance();
        List<Expr> values =
                cursor.kind().endsBlock() || cursor.kind() == Kind.SEMICOLON
                        ? List.of()
                        : expressions.expressions();
        return new Stat.Return(values, cursor.spanFrom(start));
    }

    private Stat breakStatement() {
        int start = cursor.advance();
        Span span = cursor.spanFrom(start);
        if (!scopes.inLoop()) {
            cursor.complain("no loop to break" + cursor.nearHere(), span);
        }
        return new Stat.Break(span);
    }

    private Stat gotoStatement() {
        int start = cursor.advance();
        Name label = cursor.name();
        Span span = cursor.spanFrom(start);
        scopes.jump(label, span);
        return new Stat.Goto(label, span);
    }

    private Stat labelStatement() {
        int start = cursor.advance();
        Name name = cursor.name();
        cursor.expect(Kind.DOUBLE_COLON);
        scopes.label(name);
        return new Stat.Label(name, cursor.spanFrom(start));
    }

    private Stat callOrAssignment() {
        int start = cursor.at();
        Expr first = expressions.suffixed();
        if (first instanceof Expr.Call || first instanceof Expr.MethodCall) {
            return new Stat.CallStat(first, cursor.spanFrom(start));
        }
        List<Expr> targets = new ArrayList<>(1);
        targets.add(assignable(first));
        while (cursor.take(Kind.COMMA)) {
            targets.add(assignable(expressions.suffixed()));
        }
        cursor.expect(Kind.ASSIGN);
        List<Expr> values = expressions.expressions();
        return new Stat.Assign(targets, values, cursor.spanFrom(start));
    }

    private Expr assignable(Expr target) {
        if (target instanceof Expr.Variable || target instanceof Expr.Index) {
            return target;
        }
        throw cursor.fail("syntax error");
    }
}
