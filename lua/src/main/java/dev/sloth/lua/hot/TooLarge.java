package dev.sloth.lua.hot;

/// Something would become a method that the JVM does not compile.
final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLarge() {
        super("more bytecode than the JVM compiles", null, false, false);
    }
}
