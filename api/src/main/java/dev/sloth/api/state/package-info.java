/// What scripts share: values under keys, in namespaces, and locks.
///
/// A [StateCommand] is one question or one change, a plain value that can be sent anywhere; each is
/// done as a whole or not at all, and is on disk when its [Answer] comes. [SharedState] is who
/// answers. Nothing here knows where the values are kept.
@NullMarked
package dev.sloth.api.state;

import org.jspecify.annotations.NullMarked;
