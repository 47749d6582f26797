/// What an agent keeps on disk so that nothing which was acknowledged is lost when it, or its
/// master, dies.
///
/// [WorkJournal] holds which orders were accepted and what came of them: what its calls have
/// answered is on the disk itself, so that even the power may fail. [LogSpool] holds the lines that
/// attempts write until the master has stored them: they survive the death of the agent, and all
/// but the last moments of unfinished attempts survive a power failure. Both know nothing of the
/// network, of what an order says, or of what a line means; and neither ever drops anything to make
/// room: a journal that is full says so, a spool that is full lets the writer wait.
@NullMarked
package dev.sloth.agent.spool;

import org.jspecify.annotations.NullMarked;
