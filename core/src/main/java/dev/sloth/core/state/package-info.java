/// What may be done with shared state, and what it means.
///
/// Every command is a pure function of one state of the store, the time and the limits; the store
/// runs it in a transaction. [LocalState] is the door: it adds waiting, which is for locks, for
/// changes, and for another try of a transaction; [Sweep] removes what nobody can see any more.
/// Nothing here owns a thread or keeps a value.
@NullMarked
package dev.sloth.core.state;

import org.jspecify.annotations.NullMarked;
