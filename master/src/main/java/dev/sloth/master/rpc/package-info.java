/// The only port of a master, and the calls that come in by it.
///
/// Before a call reaches the code that answers it, its declared permission is held against the
/// certificate of the caller; a call that declares none is refused whoever asks. Calls that are
/// refused are told to both sides. Nothing is decided here: messages become the words of other
/// packages and back.
@NullMarked
package dev.sloth.master.rpc;

import org.jspecify.annotations.NullMarked;
