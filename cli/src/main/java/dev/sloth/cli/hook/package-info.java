/// Lets hooks react while a process stays for it.
///
/// [HookService] is the door: it reads the events that come, hands what is owed to the executor of
/// hooks, a few at a time, and tells a [HookListener] what came of it. Several services may work on
/// one store: each delivery is tried by one of them. What is right to do next is decided in
/// `dev.sloth.core.hook`; here are the threads and the waiting.
@NullMarked
package dev.sloth.cli.hook;

import org.jspecify.annotations.NullMarked;
