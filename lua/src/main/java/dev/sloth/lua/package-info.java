/// The door to the Lua engine: compile a script, make a state, grant it libraries, run it, stop it.
///
/// The engine is Lua 5.1 with a few later additions (see `docs/lua.md`). It has no dependencies and
/// knows nothing of workflows. A compiled script is immutable and may run in many states at once;
/// states share nothing.
@NullMarked
package dev.sloth.lua;

import org.jspecify.annotations.NullMarked;
