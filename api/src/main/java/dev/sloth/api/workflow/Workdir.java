package dev.sloth.api.workflow;

/// Where a task works. An empty `path` means a fresh temporary folder for each attempt.
public record Workdir(String path, Cleanup cleanup) {
    /// A fresh folder, removed after success.
    public static final Workdir TEMPORARY = new Workdir("", Cleanup.ON_SUCCESS);

    /// When the folder is removed.
    public enum Cleanup {
        ALWAYS,
        ON_SUCCESS,
        NEVER
    }
}
