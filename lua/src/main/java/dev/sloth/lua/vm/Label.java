package dev.sloth.lua.vm;

/// A label: the statement of its block at which a goto goes on.
final class Label {
    final String name;
    int at;

    Label(String name) {
        this.name = name;
    }
}
