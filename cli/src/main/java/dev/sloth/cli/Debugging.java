package dev.sloth.cli;

import dev.sloth.lua.debug.Debugger;
import java.util.function.Consumer;

/// Somebody debugs what a command runs.
///
/// @param debugger by which scripts are compiled
/// @param stoppable is told how to end what runs, once that is known
record Debugging(Debugger debugger, Consumer<Runnable> stoppable) {}
