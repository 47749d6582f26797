package dev.sloth.plugins.data;

import dev.sloth.api.value.Data;

/// How much a document may be before it is refused.
///
/// @param bytes the length of the text, read or written
/// @param depth how deep tables nest
/// @param nodes how many values it holds, aliases counted as often as they are used
public record DocumentBounds(int bytes, int depth, int nodes) {
    /// What scripts and values files get.
    public static final DocumentBounds STANDARD =
            new DocumentBounds(32 << 20, Data.DEPTH_MAX, Data.VALUES_MAX);

    public DocumentBounds {
        if (bytes < 1 || depth < 1 || nodes < 1) {
            throw new IllegalArgumentException("document bounds must be positive");
        }
    }
}
