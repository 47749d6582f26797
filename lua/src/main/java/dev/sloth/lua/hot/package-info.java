/// Makes classes of hot functions and loops. It reads their trees through [dev.sloth.lua.vm.Shape]
/// and [dev.sloth.lua.vm.Form] and writes the same in bytecode: variables become the JVM's own,
/// what is surely a number is a plain `double`, and whatever is rare asks the node that it comes
/// from. The door is [dev.sloth.lua.hot.Hot].
@NullMarked
package dev.sloth.lua.hot;

import org.jspecify.annotations.NullMarked;
