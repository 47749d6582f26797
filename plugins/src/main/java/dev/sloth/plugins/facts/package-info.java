/// The module `facts`: what the machine is and has.
///
/// What OSHI tells is taken from it; the rest comes from the files of the system and from its own
/// tools, run quietly and not for long. Nothing is read before the first call asks for it. A fact
/// that the machine cannot tell is `nil` with the reason, never a guess.
@NullMarked
package dev.sloth.plugins.facts;

import org.jspecify.annotations.NullMarked;
