/// What masters, agents and people say to each other, and how each knows who speaks.
///
/// There is one port and it speaks TLS 1.3 only. A certificate says in one URI who its holder is
/// and in its key usage whether that may serve or call; host names do not matter. The first contact
/// of an agent has no certificate yet and is held to the pin of the authority that stands in its
/// join token. Every call declares the permission it needs, in its `.proto` file, and one that
/// declares none is refused. Nothing here reads a clock or a store.
@NullMarked
package dev.sloth.wire;

import org.jspecify.annotations.NullMarked;
