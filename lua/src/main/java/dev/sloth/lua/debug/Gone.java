package dev.sloth.lua.debug;

/// The script that was asked about has gone on or was killed, or cannot answer in time.
public final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Gone(String message) {
        super(message);
    }
}
