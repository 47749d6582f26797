package dev.sloth.lua.vm;

import java.util.List;

/// What an expression consists of, for whoever makes something else of it than the tree.
public sealed interface Shape {
    /// A number.
    record Numeral(double value) implements Shape {}

    /// nil, a boolean or a string.
    record Thing(Object value) implements Shape {}

    /// A local variable that no inner function captures.
    record Local(int slot) implements Shape {}

    /// A local variable in a cell.
    record Captured(int slot) implements Shape {}

    /// A variable of an enclosing function.
    record Upvalue(int index) implements Shape {}

    /// A global variable; the node itself knows how to read it.
    record Global() implements Shape {}

    /// `...`
    record Varargs() implements Shape {}

    /// One operand, of any kind.
    record Unary(Node operand, Operation.One does) implements Shape {}

    /// Two operands, of any kind.
    record Binary(Node left, Node right, Operation.Two does) implements Shape {}

    /// Arithmetic, of which the result may well be known without asking the operation.
    ///
    /// @param sign one of `+-*/%^`
    record Arithmetic(char sign, Node left, Node right, Operation.Two does) implements Shape {}

    /// `-a`
    record Negation(Node operand, Operation.One does) implements Shape {}

    /// Which comparison.
    enum Relation {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }

    /// A comparison; the operation is asked when the operands are not both numbers.
    record Comparison(Relation relation, Node left, Node right, Operation.Question does)
            implements Shape {}

    /// `not a`
    record Not(Node operand) implements Shape {}

    /// `a and b`
    record And(Node left, Node right) implements Shape {}

    /// `a or b`
    record Or(Node left, Node right) implements Shape {}

    /// An expression cut to one value.
    record Single(Node inner) implements Shape {}

    /// What an operand gives, noted in the frame while others are evaluated.
    record Held(Node operand, int place) implements Shape {}

    /// A call.
    record Call(Node callee, Values arguments, int site, Operation.Calling does) implements Shape {}

    /// A call of a method.
    ///
    /// @param lookup finds the method of the object
    record Method(
            Node object, Operation.One lookup, Values arguments, int site, Operation.Calling does)
            implements Shape {}

    /// `a .. b .. c`
    record Join(List<Node> operands, Operation.Many does) implements Shape {
        public Join {
            operands = List.copyOf(operands);
        }
    }

    /// A table constructor; the node itself begins it, and puts what has a key.
    record Table(List<Entry> entries) implements Shape {
        public Table {
            entries = List.copyOf(entries);
        }
    }

    /// An entry of a table constructor.
    ///
    /// @param counted whether it has the next number as its key, and not `key`
    record Entry(Node key, Node value, boolean counted) {}

    /// A function; the node itself makes it of the variables that it captures.
    record Function(Proto proto) implements Shape {}
}
