package dev.sloth.cli.debug;

import dev.sloth.lua.debug.DebugLimits;

/// What a session may take up.
///
/// @param messageBytes how long a message of the editor may be
/// @param debugger what the debugger may take up
public record AdapterLimits(int messageBytes, DebugLimits debugger) {
    public static final int MESSAGE_BYTES_DEFAULT = 4 << 20;

    public static final AdapterLimits DEFAULT =
            new AdapterLimits(MESSAGE_BYTES_DEFAULT, DebugLimits.DEFAULT);

    public AdapterLimits {
        if (messageBytes < 1) {
            throw new IllegalArgumentException("every limit must be positive");
        }
    }
}
