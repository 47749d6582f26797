/// The module `math`: statistics, rounding and chance, added to Lua's own.
///
/// What Lua's library has of its own stays as it is. The numbers drawn here are not secret: they
/// come from the chance of the host, or follow a seed once one is given. Use `crypto` for secrets.
@NullMarked
package dev.sloth.plugins.math;

import org.jspecify.annotations.NullMarked;
