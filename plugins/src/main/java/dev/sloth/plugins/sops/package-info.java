/// Reads secrets out of files that SOPS has encrypted for age keys.
///
/// A file is YAML, JSON or dotenv. Its data key is encrypted for one or more age recipients; with
/// one of their identities it is opened, each value is decrypted, and the code over all values is
/// checked before any of them is given out. What other tools would open, such as keys of clouds or
/// shares of a key, is refused in plain words. Files are never written.
@NullMarked
package dev.sloth.plugins.sops;

import org.jspecify.annotations.NullMarked;
