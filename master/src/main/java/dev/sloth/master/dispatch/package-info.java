/// Orders and the agents that do them, in real time.
///
/// [Fleet] is the one thread that asks the dispatcher of `core.dispatch` what is to be done, keeps
/// the rows of many decisions in one commit, and only then speaks to agents and to those who wait.
/// Whoever wants an order to be done waits for its end on a thread of its own.
///
/// This package must not decide anything, and knows nothing of how messages travel.
@NullMarked
package dev.sloth.master.dispatch;

import org.jspecify.annotations.NullMarked;
