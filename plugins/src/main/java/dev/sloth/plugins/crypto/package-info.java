/// The module `crypto`: digests, encodings, secrets and encryption.
///
/// All chance in this package comes from the secure generator of the system. Text is encrypted by
/// AES-256-GCM under a key derived from the given one by PBKDF2 with a salt of its own, so that the
/// same text never encrypts to the same bytes twice and no change goes unnoticed.
@NullMarked
package dev.sloth.plugins.crypto;

import org.jspecify.annotations.NullMarked;
