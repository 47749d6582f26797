/// The port behind which secrets are kept.
///
/// What goes through here is encrypted already: the store sees names, sizes and times, and bytes
/// that mean nothing to it. It keeps one row for the master key, one key for each namespace, the
/// versions of each secret, and what runs that have not ended were given. It must never be given a
/// value.
@NullMarked
package dev.sloth.core.store.secret;

import org.jspecify.annotations.NullMarked;
