/// A folder of files under the SHA-256 of what they hold.
///
/// A file is written beside its place, brought to disk, and renamed, so that what has a name is
/// whole, whatever happens to the machine in between. What is read is compared with its name: a
/// damaged file is reported and never handed out.
///
/// The folder does not know who needs which file: whoever removes one has to know.
@NullMarked
package dev.sloth.store.files;

import org.jspecify.annotations.NullMarked;
