package dev.sloth.core.security.secret;

/// How much is kept.
///
/// @param valueMax bytes of one value
/// @param versionsMax versions of one secret; the oldest make room
/// @param namesMax secrets of one namespace
public record SecretLimits(int valueMax, int versionsMax, int namesMax) {
    public static final SecretLimits DEFAULT = new SecretLimits(64 << 10, 10, 10_000);

    public SecretLimits {
        if (valueMax < 1 || versionsMax < 1 || namesMax < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }
}
