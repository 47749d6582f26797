/// The formatter: one style for all scripts.
///
/// What an author decides stays: the words, comments, blank lines, and where a table, a call or a
/// chain is broken over lines. What nobody should have to decide is settled: indentation, spaces,
/// one statement a line, the comma behind the last field. A formatted text parses to the same tree,
/// and formatting it again changes nothing. A text that does not parse is never changed. Nothing
/// here knows what a script is for.
@NullMarked
package dev.sloth.lua.format;

import org.jspecify.annotations.NullMarked;
