/// A swarm of agents that do nothing but speak: each has a certificate of its own, a connection of
/// its own and the real protocol on it. It shows what thousands of agents cost a master without
/// thousands of machines.
///
/// Nothing here is part of the program, and nothing here decides what is measured: that is the
/// business of the figures that use it.
@NullMarked
package dev.sloth.swarm;

import org.jspecify.annotations.NullMarked;
