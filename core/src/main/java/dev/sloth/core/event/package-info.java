/// One stream of facts, whatever they are facts of.
///
/// Facts of runs are in their journals, facts of shared state in its changes, and facts that
/// somebody told in a table of their own: nothing is written twice. [EventStream] reads all three
/// as [dev.sloth.api.event.Event]s, on from a position or back from now. [LocalEvents] keeps what
/// is told. Facts of one subject come in their order; those of different subjects may not.
@NullMarked
package dev.sloth.core.event;

import org.jspecify.annotations.NullMarked;
