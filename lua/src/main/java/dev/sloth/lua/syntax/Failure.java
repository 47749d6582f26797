package dev.sloth.lua.syntax;

/// Leads from an error, already reported, back to where parsing can go on.
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failure() {
        super(null, null, false, false);
    }
}
