/// Shared state and events as messages, for both sides.
///
/// A command, an answer, a refusal and a change each become one message and come back as they were;
/// values in them are the documents that stores keep. Messages that can be large are cut into
/// parts. What cannot be read is a problem of whoever sent it. Nothing here knows of connections.
@NullMarked
package dev.sloth.wire.shared;

import org.jspecify.annotations.NullMarked;
