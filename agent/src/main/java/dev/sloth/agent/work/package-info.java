/// What an agent does with the orders of its master.
///
/// [Worker] keeps an order on the disk before it says that it has it, has it done on a thread of
/// its own by the executor that local runs use too, keeps what came of it, and says that until the
/// master has taken it; all lines of its output are with the master before. After a restart it goes
/// on with what it had accepted. [LogSender] brings lines to the master as it takes them.
///
/// This package must not know how messages travel.
@NullMarked
package dev.sloth.agent.work;

import org.jspecify.annotations.NullMarked;
