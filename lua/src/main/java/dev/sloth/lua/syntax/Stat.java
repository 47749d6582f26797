package dev.sloth.lua.syntax;

import java.util.List;
import java.util.Optional;

/// A statement.
public sealed interface Stat {
    Span span();

    record Local(List<Name> names, List<Expr> values, Span span) implements Stat {
        public Local {
            names = List.copyOf(names);
            values = List.copyOf(values);
        }
    }

    record LocalFunction(Name name, FunctionBody body, Span span) implements Stat {}

    /// Targets are [Expr.Variable] or [Expr.Index]. `function a.b.c() end` is an assignment too.
    record Assign(List<Expr> targets, List<Expr> values, Span span) implements Stat {
        public Assign {
            targets = List.copyOf(targets);
            values = List.copyOf(values);
        }
    }

    /// A call whose results are dropped; `call` is [Expr.Call] or [Expr.MethodCall].
    record CallStat(Expr call, Span span) implements Stat {}

    record Do(Block block, Span span) implements Stat {}

    record While(Expr condition, Block block, Span span) implements Stat {}

    /// The condition sees the block's locals.
    record Repeat(Block block, Expr condition, Span span) implements Stat {}

    record If(List<Branch> branches, Optional<Block> otherwise, Span span) implements Stat {
        public If {
            branches = List.copyOf(branches);
        }
    }

    record Branch(Expr condition, Block block) {}

    record NumericFor(
            Name variable, Expr from, Expr to, Optional<Expr> step, Block block, Span span)
            implements Stat {}

    record GenericFor(List<Name> names, List<Expr> values, Block block, Span span) implements Stat {
        public GenericFor {
            names = List.copyOf(names);
            values = List.copyOf(values);
        }
    }

    record Return(List<Expr> values, Span span) implements Stat {
        public Return {
            values = List.copyOf(values);
        }
    }

    record Break(Span span) implements Stat {}

    record Goto(Name label, Span span) implements Stat {}

    record Label(Name name, Span span) implements Stat {}
}
