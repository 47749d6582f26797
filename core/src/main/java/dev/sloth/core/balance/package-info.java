/// Where an order goes: a pure choice among the agents that there are.
///
/// [Hosts] keeps them in the order of how busy they are, so that the choice for one of ten thousand
/// orders among ten thousand agents looks at few of them. A [Choice] says what was chosen and why;
/// that text is kept with the order and is what `runs explain` shows.
///
/// This package must not know what an order is, nor where agents are kept.
@NullMarked
package dev.sloth.core.balance;

import org.jspecify.annotations.NullMarked;
