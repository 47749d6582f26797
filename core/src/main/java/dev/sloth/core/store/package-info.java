/// What the core asks of a store: ports, split by aggregate, and the rows that cross them.
///
/// A store keeps bytes and rows and judges nothing about workflows. What it promises: once a call
/// that writes returns, its effect is on disk; a call that throws has changed nothing; a write
/// under a [Claim] that is no longer the newest of its run changes nothing and throws
/// [StoreFailure] with `FENCED`. Events are bytes here: `core.journal` gives them their meaning.
///
/// Every driver, and the fake in memory, passes the same contract suite. Nothing here may know a
/// database, and no port may hand out a transaction.
@NullMarked
package dev.sloth.core.store;

import org.jspecify.annotations.NullMarked;
