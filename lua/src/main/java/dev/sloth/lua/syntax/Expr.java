package dev.sloth.lua.syntax;

import java.util.List;

/// An expression.
public sealed interface Expr {
    Span span();

    record Nil(Span span) implements Expr {}

    record Bool(boolean value, Span span) implements Expr {}

    record Num(double value, Span span) implements Expr {}

    /// A string constant; `bytes` are its bytes after escapes, read only.
    record Str(byte[] bytes, Span span) implements Expr {}

    record Varargs(Span span) implements Expr {}

    record Function(FunctionBody body, Span span) implements Expr {}

    /// A name that stands for a local, an upvalue or a global: which, the compiler finds out.
    record Variable(Name name) implements Expr {
        @Override
        public Span span() {
            return name.span();
        }
    }

    /// `object[key]` and `object.key`; `dotted` tells them apart for messages.
    record Index(Expr object, Expr key, boolean dotted, Span span) implements Expr {}

    /// `callee(arguments)`.
    record Call(Expr callee, List<Expr> arguments, Span span) implements Expr {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /// `object:method(arguments)`.
    record MethodCall(Expr object, Name method, List<Expr> arguments, Span span) implements Expr {
        public MethodCall {
            arguments = List.copyOf(arguments);
        }
    }

    /// `operatorSpan` is where a failing operation is reported.
    record Binary(BinaryOperator operator, Expr left, Expr right, Span operatorSpan, Span span)
            implements Expr {}

    record Unary(UnaryOperator operator, Expr operand, Span span) implements Expr {}

    record And(Expr left, Expr right, Span span) implements Expr {}

    record Or(Expr left, Expr right, Span span) implements Expr {}

    /// An expression in parentheses: cuts several values to one.
    record Parenthesized(Expr inner, Span span) implements Expr {}

    record Table(List<Field> fields, Span span) implements Expr {
        public Table {
            fields = List.copyOf(fields);
        }
    }

    /// One entry of a table constructor.
    sealed interface Field {
        /// `value`, counted from 1.
        record Item(Expr value) implements Field {}

        /// `name = value`.
        record Named(Name name, Expr value) implements Field {}

        /// `[key] = value`.
        record Keyed(Expr key, Expr value) implements Field {}
    }
}
