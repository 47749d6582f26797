/// What a store promises, as tests that every driver passes, and a store in memory that passes
/// them, too.
///
/// [StoreContract] is the sum of the promises: a driver's test extends it and says how to open a
/// store. [MemoryStore] keeps its tables in a [MemoryDisk] that outlives it, so that a simulation
/// can stop a process between any two statements and open the store again. Whatever the contract
/// says of a real store may therefore be relied on in a simulation.
///
/// For tests only; nothing that is shipped depends on this package.
@NullMarked
package dev.sloth.testkit.store;

import org.jspecify.annotations.NullMarked;
