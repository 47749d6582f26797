/// Speaks the Debug Adapter Protocol: what an editor says becomes calls of the debugger of scripts,
/// and what happens to scripts becomes events. The door is [dev.sloth.cli.debug.DebugAdapter]; what
/// is debugged, and how it runs, comes in as a [dev.sloth.cli.debug.Debuggee].
///
/// Nothing but the protocol is ever written to the editor's stream. Whatever an editor sends, it
/// gets an answer or the session ends with a reason; a script that waits at a breakpoint goes on or
/// ends when its editor is gone.
@NullMarked
package dev.sloth.cli.debug;

import org.jspecify.annotations.NullMarked;
