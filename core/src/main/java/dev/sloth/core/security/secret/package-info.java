/// Keeps secrets: encrypts them before they go into the store and decrypts them when they are asked
/// for.
///
/// A value is encrypted with the key of its namespace (AES-256-GCM, a fresh random nonce each time,
/// bound to namespace, name, version and generation), that key with the master key. The master key
/// is 32 random bytes of a file or a variable, or comes of a passphrase by Argon2id, whose
/// parameters are kept beside it. Whatever was changed in the store is refused, never decrypted to
/// something else, and so is what was taken away or put back (an inventory under the master key
/// tells). What a run was given is kept with the same keys until the run has ended. When a vault is
/// opened it proves to itself that what it writes is not readable.
@NullMarked
package dev.sloth.core.security.secret;

import org.jspecify.annotations.NullMarked;
