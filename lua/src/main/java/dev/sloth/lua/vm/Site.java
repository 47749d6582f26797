package dev.sloth.lua.vm;

/// A place that can fail or call: its line, and what is called there by which kind of name.
record Site(int line, String name, String kind) {}
