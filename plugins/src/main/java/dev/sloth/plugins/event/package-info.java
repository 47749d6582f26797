/// The modules `event`, `hook` and `watcher`: a script says what happened, which files react, and
/// what is to be watched.
///
/// They only hand over: what is told is on disk when a function returns, and hooks are called and
/// watchers looked after by whoever serves the home. Nothing of it may be done while a script is
/// read for its definitions, since it would be done each time the script is loaded.
@NullMarked
package dev.sloth.plugins.event;

import org.jspecify.annotations.NullMarked;
