/// Which people may call a master, and as what.
///
/// Each has a name, a role and a key; a certificate says the name and proves the key, and
/// everything else is looked up here each time they call, so that a changed role or a revoked
/// access holds at once. Which role may make which call is decided where the calls are. A name is
/// free again once its access was revoked or is over; the key that had it stays known and is
/// refused.
@NullMarked
package dev.sloth.core.security.authz;

import org.jspecify.annotations.NullMarked;
