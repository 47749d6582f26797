/// Child processes: started in a session of their own, watched, and ended with all they started.
///
/// [ChildProcesses] is the door. A child gets a clean environment and no shell of ours; its output
/// is handed on line by line as it comes and kept up to a limit. When time is up or the caller is
/// interrupted, the whole tree is asked to end, and after a grace made to end, before the caller
/// hears of it. A tree is found by process group, session, parenthood and a mark in the
/// environment; only a descendant that leaves its group, loses its parent and wipes its environment
/// all at once escapes. A recorded command runs under a shim of ours and outlives us: a
/// [CommandRecord] on disk tells a later process whether it began, whether it still runs and how it
/// ended, and holds its outputs. [TerminalSize] asks a program of the system too. Nothing here runs
/// in the name of a task by itself, or keeps anything beyond such records.
@NullMarked
package dev.sloth.agent.process;

import org.jspecify.annotations.NullMarked;
