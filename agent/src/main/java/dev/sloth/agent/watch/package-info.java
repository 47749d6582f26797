/// Watches things on this machine, and tells of their changes as events.
///
/// [Watching] is the door: on a thread of its own it looks at what is to be watched, each as often
/// as it wants, and at files also when the system says that something happened there. What is seen
/// is a [Sight]; [Changes] compares two of them and says what happened between, without looking at
/// anything itself. The first sight of something is where its changes begin.
@NullMarked
package dev.sloth.agent.watch;

import org.jspecify.annotations.NullMarked;
