/// The sessions of agents that are connected now, and what is known of all others.
///
/// An agent has at most one session: the one of the highest epoch, and whoever holds an older one
/// is sent away. What agents say every few seconds stays in memory; the store is told in one write
/// for all when they were last heard. Nothing here knows how messages travel.
@NullMarked
package dev.sloth.master.session;

import org.jspecify.annotations.NullMarked;
