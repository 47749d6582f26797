package dev.sloth.lua.lint;

/// How bad a finding is.
public enum Severity {
    /// The script will fail when it gets there.
    ERROR,
    /// The script will run, but hardly as it was meant.
    WARNING
}
