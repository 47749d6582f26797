package dev.sloth.plugins.fileops;

import java.io.InputStream;
import java.time.Instant;

/// One thing in an archive.
///
/// @param link what a link leads to, empty for others
/// @param mode zero when the archive does not say
/// @param content of a file, to be read before the next entry is asked for
record Entry(String name, Kind kind, String link, int mode, Instant modified, InputStream content) {
    /// What it is.
    enum Kind {
        FILE,
        FOLDER,
        LINK,
        HARD_LINK,
        OTHER
    }
}
