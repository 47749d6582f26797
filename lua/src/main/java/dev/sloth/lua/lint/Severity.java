package dev.sloth.lua.lint;

/// How bad a finding is.
public enum Severity {
    /// The script fails when it gets there, or uses what is not there.
    ERROR,
    /// The script will run, but hardly as it was meant.
    WARNING
}
