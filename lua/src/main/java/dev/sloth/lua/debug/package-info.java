/// Stops scripts, shows what they are about, and lets them go on: breakpoints, steps, variables,
/// watches. It knows Lua and no protocol; [dev.sloth.lua.debug.Debugger] is the door.
///
/// Only a script that is compiled for a debugger can be stopped by it: all others are as they would
/// be without this package. A state that is stopped keeps its thread waiting, and that thread
/// answers all questions about the state, so nothing is looked at while it changes. A stopped state
/// can be killed like any other.
@NullMarked
package dev.sloth.lua.debug;

import org.jspecify.annotations.NullMarked;
