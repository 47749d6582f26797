package dev.sloth.lua.debug;

/// Something that holds variables.
public sealed interface Container {
    /// From where it is seen.
    Call call();

    /// The function's own variables.
    record Locals(Call call) implements Container {}

    /// The variables of enclosing functions.
    record Upvalues(Call call) implements Container {}

    /// The further arguments.
    record Varargs(Call call) implements Container {}

    /// The globals of the function.
    record Globals(Call call) implements Container {}

    /// What is in a table, or the fields of a text.
    record Fields(Call call, Datum value) implements Container {}

    /// Which of its variables.
    enum Part {
        ALL,
        /// Those whose keys are 1, 2, 3 and so on.
        ITEMS,
        /// All others.
        OTHERS
    }
}
