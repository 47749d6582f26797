package dev.sloth.api.event;

import java.time.Instant;

/// An event that a hook was told of, or is to be told of.
///
/// @param event the event's id
/// @param at when the event happened
/// @param state `pending`, `done` or `dead`
/// @param attempts how often it was tried
/// @param last when it is to be tried; when it ended, once it has
/// @param message what came of the last try
/// @param output what was said in it
public record HookDelivery(
        long number,
        String event,
        String type,
        String subject,
        Instant at,
        String state,
        int attempts,
        Instant last,
        String message,
        String output) {}
