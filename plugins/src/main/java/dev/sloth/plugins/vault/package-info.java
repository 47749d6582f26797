/// Reads secrets out of HashiCorp Vault and what speaks as it does.
///
/// Plain HTTP by the client of the JDK: version 2 of the key-value engine, with a token or an
/// AppRole. A token that was got here is renewed once two thirds of its time are over, and got anew
/// when that is refused. Connections without encryption are for this machine only. Nothing of an
/// answer but the wanted value is kept, and nothing of it is ever told.
@NullMarked
package dev.sloth.plugins.vault;

import org.jspecify.annotations.NullMarked;
