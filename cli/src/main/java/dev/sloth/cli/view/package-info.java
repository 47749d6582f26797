/// How things look: colours, widths, tables, errors with their excerpts, progress of a run.
///
/// Everything here is a function from data to lines of text; nothing here knows of commands, and
/// only [LiveScreen] writes to a terminal. All commands show errors through [ErrorText], so that
/// the same mistake looks the same everywhere. Machine-readable output goes through [Document].
@NullMarked
package dev.sloth.cli.view;

import org.jspecify.annotations.NullMarked;
