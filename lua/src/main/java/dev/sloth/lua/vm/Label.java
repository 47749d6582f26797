package dev.sloth.lua.vm;

/// A label: the statement of its block at which a goto goes on.
public final class Label {
    final String name;
    int at;

    /// Which statement of its block comes after it.
    public int at() {
        return at;
    }

    Label(String name) {
        this.name = name;
    }
}
