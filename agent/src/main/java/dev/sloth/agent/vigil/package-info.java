/// What an agent watches on its own machine, from the task on that asked for it.
///
/// [Vigil] is the door. It keeps watchers in a book on the disk, watches while the agent runs, and
/// keeps what is seen on the disk until the master has taken it, in its order. A fact that was seen
/// is told at least once; there is a bound on how many wait, behind which what changes is found
/// again by a later look instead of being kept. It must never hold up tasks, and asks nobody
/// whether something may be watched: that is for whoever puts it in.
@NullMarked
package dev.sloth.agent.vigil;

import org.jspecify.annotations.NullMarked;
