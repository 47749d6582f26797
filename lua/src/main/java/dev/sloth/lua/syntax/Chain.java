package dev.sloth.lua.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// Operands and operators of one expression, joined by strength without recursion: a chain may have
/// thousands of links.
final class Chain {
    private final Cursor cursor;
    private final List<Operand> operands = new ArrayList<>();
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();

    Chain(Cursor cursor) {
        this.cursor = cursor;
    }

    private record Operand(Expr expr, int height) {}

    /// An operator whose right operand is not complete yet.
    private sealed interface Pending {
        record Prefix(UnaryOperator operator, Span span) implements Pending {}

        record Between(Infix infix, Span span) implements Pending {}

        default int hold() {
            return switch (this) {
                case Prefix _ -> Infix.PREFIX_HOLD;
                case Between(var infix, _) -> infix.right;
            };
        }
    }

    void operand(Expr expr, int height) {
        operands.add(new Operand(expr, height));
    }

    /// Takes the unary operator here, which counts as a level of nesting until it has its operand.
    void prefix() {
        cursor.enter();
        UnaryOperator operator =
                switch (cursor.kind()) {
                    case NOT -> UnaryOperator.NOT;
                    case HASH -> UnaryOperator.LENGTH;
                    default -> UnaryOperator.NEGATE;
                };
        pending.push(new Pending.Prefix(operator, cursor.span()));
        cursor.advance();
    }

    /// Takes the binary operator here.
    void infix() {
        Infix infix = cursor.kind().infix;
        joinWhatHoldsMoreThan(infix.left);
        pending.push(new Pending.Between(infix, cursor.span()));
        cursor.advance();
    }

    private void joinWhatHoldsMoreThan(int left) {
        while (!pending.isEmpty() && left <= pending.peek().hold()) {
            switch (pending.pop()) {
                case Pending.Prefix(var operator, var span) -> apply(operator, span);
                case Pending.Between(var infix, var span) -> join(infix, span);
            }
        }
    }

    private void apply(UnaryOperator operator, Span span) {
        cursor.leave();
        Operand inner = operands.removeLast();
        Span whole = Span.join(span, inner.expr().span());
        operand(
                new Expr.Unary(operator, inner.expr(), whole),
                cursor.checkHeight(inner.height() + 1));
    }

    private void join(Infix infix, Span span) {
        Operand right = operands.removeLast();
        Operand left = operands.removeLast();
        int height = Math.max(left.height(), right.height()) + 1;
        operand(infix.join(left.expr(), right.expr(), span), cursor.checkHeight(height));
    }

    Expr whole() {
        joinWhatHoldsMoreThan(Infix.NONE.left);
        return operands.getFirst().expr();
    }

    int height() {
        return operands.getFirst().height();
    }
}
