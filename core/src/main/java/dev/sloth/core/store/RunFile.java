package dev.sloth.core.store;

/// A file that a run was made of.
///
/// @param path absolute
/// @param content the SHA-256 of what it held; for a link, where it led
public record RunFile(Role role, String path, String content) {
    /// What it was for.
    public enum Role {
        SCRIPT,
        IMPORT,
        VALUES,
        /// A path that led to another one.
        LINK,
        /// The folder from which scripts may not import anything outside.
        PROJECT,
        /// One that its tasks find beside the script on whatever machine they are.
        FILE,
        /// The same, and it may be executed.
        PROGRAM;

        /// Whether there is a content that it held, text or not.
        public boolean holdsText() {
            return switch (this) {
                case SCRIPT, IMPORT, VALUES, FILE, PROGRAM -> true;
                case LINK, PROJECT -> false;
            };
        }
    }
}
