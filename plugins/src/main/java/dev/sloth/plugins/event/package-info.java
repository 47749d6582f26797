/// The modules `event` and `watcher`: a script says what happened, and what is to be watched.
///
/// Both only hand over: what is told is on disk when a function returns, and what is watched is
/// watched by whoever serves the home. Neither may be done while a script is read for its
/// definitions, since it would be done each time the script is loaded.
@NullMarked
package dev.sloth.plugins.event;

import org.jspecify.annotations.NullMarked;
