/// An agent's way to its master: how it joins, comes back, and keeps its certificate young.
///
/// The agent dials, the master never does. Its key is made here and never leaves the machine; with
/// its certificate it is kept in one file, which is replaced as a whole. When the master does not
/// answer, the agent tries again after a random wait, for as long as it takes; only what cannot get
/// better by itself, such as having been revoked, ends it.
@NullMarked
package dev.sloth.agent.link;

import org.jspecify.annotations.NullMarked;
