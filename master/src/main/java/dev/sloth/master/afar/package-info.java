/// The store of a master as those see it who are elsewhere.
///
/// [RemoteStore] is a store whose answers come from a master: whoever looks at runs need not know
/// where they are kept. It can look at them and ask something of them; what only the process that
/// keeps them can do is refused with words that say so. Both directions of each message stand here
/// side by side, so that a master and those who ask it cannot mean different things.
@NullMarked
package dev.sloth.master.afar;

import org.jspecify.annotations.NullMarked;
