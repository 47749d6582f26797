/// What several modules need to say about values: how one is shown, and when a table is a list.
///
/// Numbers and tables look here as they look in Lua, so that a line of the log and a `print` agree.
/// Nothing in this package waits, and nothing in it keeps state.
@NullMarked
package dev.sloth.plugins.value;

import org.jspecify.annotations.NullMarked;
