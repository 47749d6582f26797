package dev.sloth.lua.debug;

import java.util.List;

/// Some of the variables of a container.
///
/// @param more whether there are others behind them
public record Page(List<Variable> variables, boolean more) {
    public Page {
        variables = List.copyOf(variables);
    }
}
