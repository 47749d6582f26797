/// The module `state`: values that scripts share, and locks.
///
/// Each function makes one command of it and says what came of that in Lua's terms; what a command
/// means is the business of whoever answers. In a transaction the functions ask that instead, as
/// long as they are called by the function that runs it.
@NullMarked
package dev.sloth.plugins.state;

import org.jspecify.annotations.NullMarked;
