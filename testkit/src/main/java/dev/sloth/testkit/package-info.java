/// What tests of several modules share, and no product code sees.
///
/// [Gen] makes inputs from a seed, prints the seed when a property does not hold, and looks for a
/// smaller input that fails too; in its exhaustive mode it makes every small input there is.
/// [Samples] are whatever the types of the api may hold. [VirtualTime] is a clock that moves only
/// when a test says so. Nothing here sleeps, and nothing here draws numbers that a seed could not
/// bring back.
@NullMarked
package dev.sloth.testkit;

import org.jspecify.annotations.NullMarked;
