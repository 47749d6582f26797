package dev.sloth.core.store.state;

import java.time.Instant;

/// A key and what it holds.
///
/// @param number of the entry, never used again; 0 while it has none
/// @param value the encoded value of a [Kind#VALUE]; empty for others, which have items
/// @param items how many
/// @param bytes that key, value and items take
/// @param front the index of a list's first item; 0 for others
/// @param expiresAt [Instant#MAX] for never
public record StateEntry(
        long number,
        String space,
        String key,
        Kind kind,
        byte[] value,
        long items,
        long bytes,
        long front,
        Instant expiresAt,
        Instant changedAt) {
    /// What an entry is made of.
    public enum Kind {
        /// One value.
        VALUE,
        /// Items whose places are indexes without gaps.
        LIST,
        /// Items whose places are the names of fields.
        HASH,
        /// Items whose places are encoded members, without values.
        SET
    }

    /// All that is known of it but its value.
    public StateEntry outline() {
        return new StateEntry(
                number, space, key, kind, new byte[0], items, bytes, front, expiresAt, changedAt);
    }

    public StateEntry numbered(long given) {
        return new StateEntry(
                given, space, key, kind, value, items, bytes, front, expiresAt, changedAt);
    }
}
