/// The authority that makes certificates for one master and its agents.
///
/// It is made at the first start of the master and kept in a folder that only its user may read. A
/// certificate holds for a short while and says in one URI who its holder is; for whom one may be
/// made is decided by others. Only the public key is ever taken from whoever asks.
@NullMarked
package dev.sloth.master.authority;

import org.jspecify.annotations.NullMarked;
