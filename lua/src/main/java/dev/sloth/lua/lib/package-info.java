/// Lua's own library: base, string, table, math, coroutine, utf8, and os and io where granted.
///
/// Each function behaves as the 5.1 reference manual says, errors included. Anything that may take
/// long looks at the state's kill flag and counts its steps.
@NullMarked
package dev.sloth.lua.lib;

import org.jspecify.annotations.NullMarked;
