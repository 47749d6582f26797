package dev.sloth.lua.vm;

import java.util.List;

/// What a statement consists of, for whoever makes something else of it than the tree.
public sealed interface Form {
    /// A call whose results nobody wants.
    record Call(Node call) implements Form {}

    /// Declares a local variable.
    record Declare(int slot, boolean captured, Node value) implements Form {}

    /// Declares a local function, which sees itself.
    record DeclareFunction(int slot, boolean captured, Node function) implements Form {}

    /// Declares several local variables.
    record DeclareMany(List<Variable> variables, Values values) implements Form {
        public DeclareMany {
            variables = List.copyOf(variables);
        }
    }

    /// A local variable.
    record Variable(int slot, boolean captured) {}

    /// Assigns one value.
    record Assign(Place place, Node value) implements Form {}

    /// Assigns several values.
    ///
    /// @param place where the frame notes the values
    record AssignMany(List<Place> places, Values values, int place) implements Form {
        public AssignMany {
            places = List.copyOf(places);
        }
    }

    /// Where a value is assigned to.
    sealed interface Place {
        /// A local variable.
        record Local(int slot) implements Place {}

        /// A local variable in a cell.
        record Captured(int slot) implements Place {}

        /// A variable of an enclosing function.
        record Upvalue(int index) implements Place {}

        /// A global variable.
        record Global(Operation.PutGlobal does) implements Place {}

        /// A field of a known name.
        record Field(Node object, Operation.PutField does) implements Place {}

        /// A field.
        record Item(Node object, Node key, Operation.PutItem does) implements Place {}
    }

    /// One block of several.
    record Choice(List<Branch> branches, Step otherwise) implements Form {
        public Choice {
            branches = List.copyOf(branches);
        }
    }

    /// A block and when it runs.
    record Branch(Node condition, Step block) {}

    /// `while`
    record While(Node condition, Step body) implements Form {}

    /// `repeat`
    record Repeat(Step body, Node condition) implements Form {}

    /// `for v = from, to, step`
    ///
    /// @param does makes numbers of the bounds
    record Numeric(
            Variable variable, Node from, Node to, Node step, Step body, Operation.Bounds does)
            implements Form {}

    /// `for a, b in values`
    ///
    /// @param does asks for what comes next
    record Generic(List<Variable> variables, Values values, Step body, Operation.Iteration does)
            implements Form {
        public Generic {
            variables = List.copyOf(variables);
        }
    }

    /// Gives values back.
    record Return(Values values) implements Form {}

    /// Gives one expression's values back.
    record ReturnOne(Node value) implements Form {}

    /// Gives a call's results back, in whose place the function that is called runs.
    record TailCall(Node call) implements Form {}

    /// Leaves the innermost loop.
    record Break() implements Form {}

    /// Goes to a label.
    record Goto(Label label) implements Form {}

    /// Statements one after the other, and the labels among them.
    record Block(List<Step> steps, List<Label> labels) implements Form {
        public Block {
            steps = List.copyOf(steps);
            labels = List.copyOf(labels);
        }
    }
}
