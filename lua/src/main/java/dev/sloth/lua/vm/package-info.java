/// The interpreter: resolves names to slots, turns the tree into executable nodes, and runs them
/// within budgets.
///
/// Everything that runs can be killed from any thread within 50 ms, wherever it is. Node classes
/// follow the unboxed convention of [dev.sloth.lua.value.LuaFunction], so that generated code can
/// replace hot ones later.
@NullMarked
package dev.sloth.lua.vm;

import org.jspecify.annotations.NullMarked;
