package dev.sloth.core.store.secret;

import java.time.Instant;

/// The key of one namespace, encrypted with the master key.
///
/// @param generation counts from 1
/// @param digest tells which versions the namespace has
public record KeyRow(
        String space, long generation, String master, byte[] wrapped, Instant at, String digest) {
    /// The same key, for other versions.
    public KeyRow over(String now) {
        return new KeyRow(space, generation, master, wrapped, at, now);
    }
}
