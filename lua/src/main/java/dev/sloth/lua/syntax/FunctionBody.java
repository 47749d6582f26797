package dev.sloth.lua.syntax;

import java.util.List;

/// Parameters and block of a function. `name` is what tracebacks call it, such as `a.b.c` or
/// `obj:method`, or empty; a method's hidden `self` is among the parameters. `tokens` is how many
/// it is written with.
public record FunctionBody(
        String name, List<Name> parameters, boolean varargs, Block block, int tokens, Span span) {
    public FunctionBody {
        parameters = List.copyOf(parameters);
    }
}
