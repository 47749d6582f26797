package dev.sloth.plugins.data;

import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Data;

/// How much a document may be before it is refused.
///
/// @param bytes the length of the text, read or written
/// @param depth how deep tables nest
/// @param nodes how many values it holds, aliases counted as often as they are used
/// @param allowance what pays for the values while they are read
public record DocumentBounds(int bytes, int depth, int nodes, Allowance allowance) {
    /// What scripts and values files get.
    public static final DocumentBounds STANDARD =
            new DocumentBounds(32 << 20, Data.DEPTH_MAX, Data.VALUES_MAX);

    /// For documents that no script gives.
    public DocumentBounds(int bytes, int depth, int nodes) {
        this(bytes, depth, nodes, Allowance.FREE);
    }

    public DocumentBounds {
        if (bytes < 1 || depth < 1 || nodes < 1) {
            throw new IllegalArgumentException("document bounds must be positive");
        }
    }

    /// The same for a document that a script gives, which pays for its values.
    public DocumentBounds paidBy(Allowance script) {
        return new DocumentBounds(bytes, depth, nodes, script);
    }
}
