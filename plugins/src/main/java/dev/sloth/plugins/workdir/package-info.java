/// The module `workdir`: the directory in which the task works.
///
/// It is the one that relative paths start from and commands run in. Emptying it is refused where
/// that would take the project away.
@NullMarked
package dev.sloth.plugins.workdir;

import org.jspecify.annotations.NullMarked;
