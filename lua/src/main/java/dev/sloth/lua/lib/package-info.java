/// Lua's own library: base, string, table, math, coroutine, utf8, and os and io where granted.
///
/// Each function behaves as the 5.1 reference manual says, errors included. Anything that may take
/// long looks at the state's kill flag and counts its steps. Functions are the same in all states
/// and keep nothing; what a state has of its own, it keeps for them.
@NullMarked
package dev.sloth.lua.lib;

import org.jspecify.annotations.NullMarked;
