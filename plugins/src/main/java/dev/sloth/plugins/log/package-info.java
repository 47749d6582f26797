/// The module `log`: lines for the log of the task, and plain output.
///
/// Any value can be logged; a script that reports a failure must not fail in doing so. Where the
/// lines go, and who may see them, is the host's affair.
@NullMarked
package dev.sloth.plugins.log;

import org.jspecify.annotations.NullMarked;
