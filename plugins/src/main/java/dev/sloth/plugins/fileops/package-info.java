/// The module `file_ops`: files and archives made to be as a task wants them.
///
/// Every function looks first and changes only what is not yet so; a second call changes nothing
/// and says so. A file is written beside its place and moved there as a whole, with the mode and
/// the owner that it had. Archives are untrusted: what would leave the folder, follow a link out of
/// it, or grow beyond its limits is refused before the first file is written.
@NullMarked
package dev.sloth.plugins.fileops;

import org.jspecify.annotations.NullMarked;
