package dev.sloth.codec;

/// Bytes are not a document that this version can read; the message says why.
public final class DamagedDocument extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean newer;

    private DamagedDocument(String why, boolean newer) {
        super(why);
        this.newer = newer;
    }

    DamagedDocument(String why) {
        this(why, false);
    }

    DamagedDocument(String why, RuntimeException cause) {
        super(why, cause);
        this.newer = false;
    }

    static DamagedDocument ofLaterFormat(int format, int known) {
        return new DamagedDocument(
                "format %d, of which this version knows %d".formatted(format, known), true);
    }

    /// Whether nothing is wrong with it but that a later version wrote it.
    public boolean newer() {
        return newer;
    }
}
