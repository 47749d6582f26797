package dev.sloth.agent.spool;

import java.io.IOException;
import java.nio.file.Path;

/// A file of the agent holds what it cannot have written, at a place where no crash explains it.
public final class UnreadableSpool extends IOException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long offset;

    UnreadableSpool(Path file, long offset, String why) {
        super("%s cannot be read at byte %d: %s".formatted(file, offset, why));
        this.file = file.toString();
        this.offset = offset;
    }

    public Path file() {
        return Path.of(file);
    }

    /// Where, in bytes from the beginning of the file.
    public long offset() {
        return offset;
    }
}
