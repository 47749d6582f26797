import org.jspecify.annotations.NullMarked;

/// Lua for the JVM: a parser that keeps every place, an interpreter whose hot functions become
/// classes, and the standard library. It needs nothing but the JDK.
@NullMarked
module dev.sloth.lua {
    requires static org.jspecify;

    exports dev.sloth.lua;
    exports dev.sloth.lua.debug;
    exports dev.sloth.lua.lib;
    exports dev.sloth.lua.syntax;
    exports dev.sloth.lua.value;
}
