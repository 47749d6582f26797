/// The port behind which a master keeps who its agents are.
///
/// It holds join tokens, of whose secrets only the hash is known, agents with the key they proved
/// to have, their last session, and which master owns which shard of the runs under which epoch. A
/// session's epoch only grows, so that whatever an older session says can be told from it. What
/// agents say every few seconds is no business of the store, but for when they were last heard.
@NullMarked
package dev.sloth.core.store.cluster;

import org.jspecify.annotations.NullMarked;
