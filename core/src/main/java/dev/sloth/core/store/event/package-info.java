/// What is kept of events: the facts that were told, who reacts to them, and what is watched.
///
/// [EventStore] keeps facts in the order in which they came. [HookStore] keeps the hooks, how far
/// each has read, and the deliveries that each still owes: reading on and owing is one step, so
/// nothing is lost between them. [WatcherStore] keeps what is to be watched. What any of it means
/// is the business of `dev.sloth.core.event` and `dev.sloth.core.hook`.
@NullMarked
package dev.sloth.core.store.event;

import org.jspecify.annotations.NullMarked;
