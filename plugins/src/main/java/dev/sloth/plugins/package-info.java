/// The modules that scripts call: one package each, listed by [Plugins].
///
/// A module declares its functions once, with names, types, documentation and permissions; all else
/// is made from that declaration. Modules see the plugin interface and libraries, never the engine
/// that runs the script, and hold no state of their own: what outlives a call is kept by the host,
/// for as long as the script's state lives.
@NullMarked
package dev.sloth.plugins;

import org.jspecify.annotations.NullMarked;
