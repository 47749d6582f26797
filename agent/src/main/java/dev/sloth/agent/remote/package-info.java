/// What tasks share, when they run on another machine than the master: its state and events are
/// asked for there.
///
/// [MasterLine] is the door: it gives the same [dev.sloth.api.state.SharedState] and
/// [dev.sloth.api.event.Events] that tasks have where the store is, each for one order. A call that
/// broke is made again for as long as somebody may be patient, and a change is done once all the
/// same. Whoever is interrupted waits for nothing any more.
@NullMarked
package dev.sloth.agent.remote;

import org.jspecify.annotations.NullMarked;
