/// The server that agents and people talk to.
///
/// At its first start it makes its authority and the administrator's credentials; from then on it
/// has one port, where everybody is known by a certificate or joins with a token. It decides little
/// itself: who may join is decided by the core, and what is kept goes through the core's ports. A
/// folder belongs to one master at a time.
@NullMarked
package dev.sloth.master;

import org.jspecify.annotations.NullMarked;
