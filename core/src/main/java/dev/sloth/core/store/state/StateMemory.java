package dev.sloth.core.store.state;

import java.time.Instant;

/// How far back changes are remembered, in all namespaces.
///
/// @param last the number of the last change; 0 when there was none
/// @param forgotten the number of the last change that was forgotten; 0 when none was
/// @param forgottenBefore changes that came before this time may be forgotten; [Instant#MIN] when
///   none is
/// @param token the last one that was given, in all namespaces; 0 when none was
public record StateMemory(long last, long forgotten, Instant forgottenBefore, long token) {}
