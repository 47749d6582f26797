package dev.sloth.core.state;

import dev.sloth.api.state.SharedState;
import java.time.Duration;

/// How much there may be of shared state.
///
/// @param keysMax how many keys a namespace may have
/// @param bytesMax how much they may take together
/// @param valueMax how many bytes a value, an item or a text may have
/// @param itemsMax how many items a list, a hash or a set may have
/// @param answerMax how many bytes of values one question is answered with, or one transaction
///   writes
/// @param history for how long changes are remembered
/// @param waiterTtl how long one who waits for a lock counts without being heard of
/// @param commandsMax how many commands a transaction may have
/// @param transactionMax how long a transaction may take, with all its tries
public record StateLimits(
        long keysMax,
        long bytesMax,
        int valueMax,
        int itemsMax,
        long answerMax,
        Duration history,
        Duration waiterTtl,
        int commandsMax,
        Duration transactionMax) {
    /// How many bytes a key, a field or the name of a lock may have.
    public static final int KEY_MAX = 512;

    /// How long a lock or a value may live at most, other than for ever.
    public static final Duration TTL_MAX = SharedState.TTL_MAX;

    public static final StateLimits DEFAULT =
            new StateLimits(
                    100_000,
                    256L << 20,
                    1 << 20,
                    100_000,
                    64L << 20,
                    Duration.ofHours(1),
                    Duration.ofSeconds(10),
                    1_000,
                    Duration.ofSeconds(30));

    public StateLimits {
        if (keysMax < 1
                || bytesMax < 1
                || valueMax < 1
                || itemsMax < 1
                || answerMax < 1
                || commandsMax < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
        if (history.isNegative() || !waiterTtl.isPositive() || !transactionMax.isPositive()) {
            throw new IllegalArgumentException("times must be positive");
        }
    }
}
