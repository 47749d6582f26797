package dev.sloth.core.store.cluster;

import java.time.Instant;

/// A master.
///
/// @param incarnation counts its starts, from 1
/// @param url where it listens
/// @param expires until when others take it to be alive
public record MasterRow(String id, long incarnation, String url, Instant expires) {}
