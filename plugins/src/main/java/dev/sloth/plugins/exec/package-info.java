/// The module `exec`: child processes.
///
/// A text is given to a shell; a list is run as it is and never sees one. Whatever happens, the
/// script gets a result: that the program is missing, failed or took too long is said in it, and
/// never raised. Process groups, output lines and killing are the host's.
@NullMarked
package dev.sloth.plugins.exec;

import org.jspecify.annotations.NullMarked;
