/// The module `goroutine`: several functions of one script at once, and what they meet at.
///
/// Functions take turns and give way only where they wait, so what lies between two waits is done
/// as if alone; the fields here need no locks for the same reason. Whoever ends a wait does the
/// work for the one who waits first (hands over the value or the lock) and wakes it then, so that
/// no wake-up is lost and none is stolen. Who waits is served in the order of coming; a select that
/// finds several of its cases ready takes each with the same chance. When all functions of a script
/// wait for ever, the host says so in the one that was not spawned, with the place of each.
///
/// What waits here, in channels, queues and results, is memory of the script.
///
/// A mutex is not released when the function that holds it fails: use `with_lock`, which releases
/// it in any case.
@NullMarked
package dev.sloth.plugins.goroutine;

import org.jspecify.annotations.NullMarked;
