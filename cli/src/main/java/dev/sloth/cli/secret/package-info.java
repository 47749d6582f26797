/// The secrets of this home folder: where their key comes from, and what a run gets of them.
///
/// The master key is that of a variable, comes of a passphrase, or stands in a key file that is
/// made at first use; each of these is refused when others could read it. [OpenSecrets] opens the
/// store when it is asked first, and finds all secrets that a workflow declares at once, so that
/// whatever is missing is told before anything runs.
@NullMarked
package dev.sloth.cli.secret;

import org.jspecify.annotations.NullMarked;
