/// The output of attempts: lines on the way into the store, and out of it again.
///
/// [LogWriter] takes lines of many attempts at once and gathers them into chunks, numbered and
/// compressed; it holds a bounded amount of them, and whoever brings more waits. What was flushed
/// is on disk, and a line is never lost without a failure that says so. [LogReader] gives lines
/// back in the order of time, those of one attempt always in the order in which they came, and can
/// go on from where it stopped, in another process too, without a gap.
///
/// Nothing here starts a thread, reads a clock or sleeps: all of that comes in.
@NullMarked
package dev.sloth.core.log;

import org.jspecify.annotations.NullMarked;
