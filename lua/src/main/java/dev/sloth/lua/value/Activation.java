package dev.sloth.lua.value;

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

    /// Calls `sees` with every object that this activation keeps alive.
    void visit(java.util.function.Consumer<Object> sees);
}
