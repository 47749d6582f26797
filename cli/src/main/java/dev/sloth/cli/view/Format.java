package dev.sloth.cli.view;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a command's answer is written as.
public enum Format {
    TEXT,
    JSON,
    YAML;

    /// By its word on a command line, such as `json`.
    public static Optional<Format> named(String word) {
        return Arrays.stream(values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }
}
