/// Drives runs: the engine with real time, real threads and real tasks.
///
/// [LocalRun] owns one run on the thread that calls it; whatever blocks happens on threads of its
/// own, which report through a bounded queue. [Hands] is what carries commands out, [RunListener]
/// is told what goes on. Nothing is decided here: that is done by the engine in `core.run`.
@NullMarked
package dev.sloth.drive;

import org.jspecify.annotations.NullMarked;
