package dev.sloth.lua.vm;

import dev.sloth.lua.value.LuaError;
import java.util.List;

/// What stands in the tree of a watched script between its own nodes. Scripts that nobody watches
/// have none of it.
final class Woven {
    private Woven() {}

    /// What all stops of a function have in common.
    static final class Function {
        final Observer observer;

        /// Where a frame notes the stop that it was last at: behind its variables.
        final int slot;

        /// The names of the variables that it captures, once all of it is compiled.
        List<String> captured = List.of();

        Function(Observer observer, int slot) {
            this.observer = observer;
            this.slot = slot;
        }
    }

    /// A statement behind a stop.
    static final class Statement extends Step {
        private final Stop stop;
        private final Step step;

        Statement(Stop stop, Step step) {
            this.stop = stop;
            this.step = step;
        }

        @Override
        int run(Frame f) {
            stop.reach(f);
            return step.run(f);
        }

        @Override
        public Form form() {
            return step.form();
        }
    }

    /// A condition behind a stop.
    static final class Condition extends Node {
        private final Stop stop;
        private final Node node;

        Condition(Stop stop, Node node) {
            this.stop = stop;
            this.node = node;
        }

        @Override
        double exec(Frame f) {
            stop.reach(f);
            return node.exec(f);
        }

        @Override
        boolean test(Frame f) {
            stop.reach(f);
            return node.test(f);
        }

        @Override
        public Shape shape() {
            return node.shape();
        }
    }

    /// The body of a function, from which no error goes unseen.
    static final class Body extends Step {
        private final Function function;
        private final Step step;

        Body(Function function, Step step) {
            this.function = function;
            this.step = step;
        }

        Function function() {
            return function;
        }

        @Override
        int run(Frame f) {
            try {
                return step.run(f);
            } catch (LuaError e) {
                function.observer.raised(f.s, f, e);
                throw e;
            }
        }

        @Override
        public Form form() {
            return step.form();
        }
    }
}
