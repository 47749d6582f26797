/// Hands orders over to agents, each to be done once.
///
/// [Dispatcher] decides and does nothing: it is told what happened, and answers with what is to be
/// done, of which all rows are to be on disk before anything else of it happens. An order goes to
/// one agent and stays there until that agent has said what came of it; who is away for too long
/// leaves an order of which nobody can tell whether it was done, and only an order that may be done
/// twice is given up early for that.
///
/// Within, [Placing] finds agents for what waits, [Reports] takes in what agents say, [Losses]
/// knows what is still hoped for and what is given up, and all of them write into one [Book].
///
/// This package must not know what an order asks for, how it travels, or what time it is.
@NullMarked
package dev.sloth.core.dispatch;

import org.jspecify.annotations.NullMarked;
