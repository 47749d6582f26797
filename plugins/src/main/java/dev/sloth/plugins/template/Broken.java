package dev.sloth.plugins.template;

/// A template that cannot be compiled or rendered, with the place where it is wrong.
final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Broken(String message, int line, int column) {
        super(line + ":" + column + ": " + message);
    }
}
