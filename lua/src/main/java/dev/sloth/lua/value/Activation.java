package dev.sloth.lua.value;

import org.jspecify.annotations.Nullable;

/// A Lua function that is running: what messages and tracebacks ask of it.
public interface Activation {
    LuaFunction function();

    /// The script's name as messages show it.
    String chunk();

    /// The line being run.
    int line();

    /// What the call under way is called in the text (`print` in `io.print(x)`); empty if nothing.
    String calleeName();

    /// What kind of name that is: `global`, `local`, `method`, `field`, `upvalue`, or empty.
    String calleeKind();

    /// Whether a tail call led here, so that the caller is gone.
    boolean tail();

    /// Keeps an object beside its variables: what the operation under way still has, while a
    /// metamethod runs that is not given it.
    ///
    /// @param object `null` for nothing any more
    void aside(@Nullable Object object);

    /// Calls `sees` with every object that this activation keeps alive.
    void visit(java.util.function.Consumer<Object> sees);
}
