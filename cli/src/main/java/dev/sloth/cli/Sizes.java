package dev.sloth.cli;

/// How many bytes there are, as people read it.
final class Sizes {
    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int STEP = 1_024;

    private Sizes() {}

    /// Such as `812 B` or `3.4 MiB`.
    static String text(long bytes) {
        if (bytes < STEP) {
            return bytes + " B";
        }
        double amount = bytes;
        int unit = -1;
        while (amount >= STEP && unit < UNITS.length - 1) {
            amount /= STEP;
            unit++;
        }
        long tenths = Math.round(amount * 10);
        return tenths / 10 + "." + tenths % 10 + " " + UNITS[unit];
    }
}
