/// The values of Lua and the state they live in.
///
/// A value travels as a pair `(double d, Object o)`: when `d` is anything but [LuaValues#TAG] the
/// value is the number `d` and `o` is to be ignored; when `d` is `TAG`, `o` holds it: [LuaNil#NIL],
/// a `Boolean`, a [LuaString], a [LuaTable], a [LuaFunction], a [LuaCoroutine] or a [LuaHandle].
/// Nothing here is shared between states but what cannot change: strings, functions of the host
/// that keep nothing, and the patterns that tables begin with. There is no static mutable state.
@NullMarked
package dev.sloth.lua.value;

import org.jspecify.annotations.NullMarked;
