/// Code that reacts to facts: who is told of what, in which order, and how often it is tried.
///
/// [Hooks] adds, lists and removes them. [Intake] reads the stream of events for each hook and owes
/// it the ones it wants; [Deliveries] hands out what is owed and keeps what came of it: done, to be
/// tried again, or dead. A hook that fails, loops or is slow holds up nobody but itself. How a hook
/// is called is not known here.
@NullMarked
package dev.sloth.core.hook;

import org.jspecify.annotations.NullMarked;
