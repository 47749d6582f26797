package dev.sloth.core.store;

/// A file that a run was made of.
///
/// @param path absolute
/// @param content the SHA-256 of what it held
public record RunFile(Role role, String path, String content) {
    /// What it was for.
    public enum Role {
        SCRIPT,
        IMPORT,
        VALUES
    }
}
