/// The module `fs`: files and directories.
///
/// Relative paths start at the task's workdir. Writing a file is atomic: others see the old content
/// or the new, never half. Removing trees refuses the root of the system and the project itself.
/// Failures come back as a second result; none is raised.
@NullMarked
package dev.sloth.plugins.fs;

import org.jspecify.annotations.NullMarked;
