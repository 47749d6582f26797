/// Facts that happened, and who is told of them.
///
/// An [Event] is a fact as it is kept: it has a type, a subject that it is about, and data.
/// [Events] is where scripts say what happened, and [HookBook] where they have files react to it.
/// Facts of one subject keep their order, and whoever follows them gets each at least once. Nothing
/// here knows where they are kept or who reacts.
@NullMarked
package dev.sloth.api.event;

import org.jspecify.annotations.NullMarked;
