/// From what a script says to one immutable workflow, or to everything that is wrong with it.
///
/// While the script runs, builders and tables are only noted down, each with its place. After it
/// has ended the notes are read, field by field, and every misfit becomes a problem with a stable
/// code, a place and a remedy: nothing is raised into the script, so that all are found at once.
/// The same notes, unread, find the functions again when the script is loaded to execute a task.
@NullMarked
package dev.sloth.dsl.define;

import org.jspecify.annotations.NullMarked;
