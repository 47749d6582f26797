package dev.sloth.api.secret;

/// Stands for the value of a declared secret where the value itself must not be.
public record SecretUse(String name) {
    /// What scripts call such a thing.
    public static final String TYPE = "secret";

    @Override
    public String toString() {
        return name;
    }
}
