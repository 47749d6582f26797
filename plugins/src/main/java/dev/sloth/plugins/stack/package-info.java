/// The module `stack`: what a script has made of the world, remembered under a name.
///
/// A stack holds outputs and resources, on disk when a function returns, in the state that scripts
/// of a namespace share, under keys of its own. Registering a resource compares its properties with
/// what is remembered and remembers them, as one step. Nothing here makes or removes a resource
/// itself.
@NullMarked
package dev.sloth.plugins.stack;

import org.jspecify.annotations.NullMarked;
