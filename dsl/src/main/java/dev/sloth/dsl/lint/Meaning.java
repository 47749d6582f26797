package dev.sloth.dsl.lint;

import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.HandleType;
import dev.sloth.api.value.Value;
import dev.sloth.lua.syntax.Expr;

/// What an expression stands for, as far as that can be told from the text.
sealed interface Meaning {
    /// A module, or one of Lua's own libraries, by its path such as `watcher.register`.
    record Room(String path) implements Meaning {}

    /// A declared function.
    ///
    /// @param shown what messages call it, such as `log.info` or `task:command`
    /// @param room where the kinds of object that it gives are declared
    record Declared(String shown, Function function, String room) implements Meaning {}

    /// An object of a declared kind.
    ///
    /// @param room where the kind is declared
    record Handle(HandleType type, String room) implements Meaning {}

    /// Nil, a boolean, a number or text.
    record Known(Value value) implements Meaning {}

    /// A table that is written down here.
    record Table(Expr.Table table) implements Meaning {}

    /// Some value of a type, as Lua calls it.
    record OfType(String type) implements Meaning {}

    record Unknown() implements Meaning {}
}
