/// The values that cross borders: between scripts and plugins, between tasks, between machines.
///
/// A [Value] is what Lua knows: nil, booleans, numbers, byte strings, tables, and functions or
/// handles for those who are in the same process. Data, the part that may travel, is a value
/// without functions and handles; [Data] makes and checks it. Tables keep the order in which their
/// keys were first set.
@NullMarked
package dev.sloth.api.value;

import org.jspecify.annotations.NullMarked;
