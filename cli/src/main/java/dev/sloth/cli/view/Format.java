package dev.sloth.cli.view;

/// What a command's answer is written as.
public enum Format {
    TEXT,
    JSON,
    YAML
}
