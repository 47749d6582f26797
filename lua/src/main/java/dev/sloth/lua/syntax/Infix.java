package dev.sloth.lua.syntax;

/// An operator between two operands, with how strongly it holds what is to its left and right: an
/// operand belongs to the operator that holds it more strongly.
enum Infix {
    NONE(-1, -1),
    OR(1, 1),
    AND(2, 2),
    EQUAL(3, 3),
    NOT_EQUAL(3, 3),
    LESS(3, 3),
    LESS_OR_EQUAL(3, 3),
    GREATER(3, 3),
    GREATER_OR_EQUAL(3, 3),
    CONCAT(5, 4),
    ADD(6, 6),
    SUBTRACT(6, 6),
    MULTIPLY(7, 7),
    DIVIDE(7, 7),
    MODULO(7, 7),
    POWER(10, 9);

    /// How strongly `-x`, `not x` and `#x` hold their operand.
    static final int PREFIX_HOLD = 8;

    final int left;
    final int right;

    Infix(int left, int right) {
        this.left = left;
        this.right = right;
    }

    Expr join(Expr a, Expr b, Span at) {
        Span span = Span.join(a.span(), b.span());
        return switch (this) {
            case NONE -> throw new IllegalStateException("not an operator");
            case OR -> new Expr.Or(a, b, span);
            case AND -> new Expr.And(a, b, span);
            case EQUAL -> new Expr.Binary(BinaryOperator.EQUAL, a, b, at, span);
            case NOT_EQUAL -> new Expr.Binary(BinaryOperator.NOT_EQUAL, a, b, at, span);
            case LESS -> new Expr.Binary(BinaryOperator.LESS, a, b, at, span);
            case LESS_OR_EQUAL -> new Expr.Binary(BinaryOperator.LESS_OR_EQUAL, a, b, at, span);
            case GREATER -> new Expr.Binary(BinaryOperator.GREATER, a, b, at, span);
            case GREATER_OR_EQUAL ->
                    new Expr.Binary(BinaryOperator.GREATER_OR_EQUAL, a, b, at, span);
            case CONCAT -> new Expr.Binary(BinaryOperator.CONCAT, a, b, at, span);
            case ADD -> new Expr.Binary(BinaryOperator.ADD, a, b, at, span);
            case SUBTRACT -> new Expr.Binary(BinaryOperator.SUBTRACT, a, b, at, span);
            case MULTIPLY -> new Expr.Binary(BinaryOperator.MULTIPLY, a, b, at, span);
            case DIVIDE -> new Expr.Binary(BinaryOperator.DIVIDE, a, b, at, span);
            case MODULO -> new Expr.Binary(BinaryOperator.MODULO, a, b, at, span);
            case POWER -> new Expr.Binary(BinaryOperator.POWER, a, b, at, span);
        };
    }
}
