/// The door between scripts and the rest: reads a script's workflows, and runs its functions.
///
/// [Scripts] evaluates a script once to define its workflows, and again for each task that is
/// executed, in a state of its own: a fresh one, or one that was put back to what loading the
/// script makes of it, so that nobody can tell. What a script may touch comes in through
/// [Surroundings]; how much it may use up is in [ScriptLimits]. Everything wrong with a script is
/// reported at once, with places.
@NullMarked
package dev.sloth.dsl;

import org.jspecify.annotations.NullMarked;
