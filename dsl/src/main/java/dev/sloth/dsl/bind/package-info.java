/// Joins declared modules to a Lua state.
///
/// A module of the plugin interface becomes a table of functions; each function checks its
/// arguments against its declaration, asks whether the script may do this, and turns failures into
/// Lua errors at the place of the call. Values cross in both directions and stay themselves: the
/// same table, function or handle comes back as the same. Nothing here knows workflows.
@NullMarked
package dev.sloth.dsl.bind;

import org.jspecify.annotations.NullMarked;
