/// The module `strings`: what Lua's own string library lacks.
///
/// Cutting and joining works on bytes and so on any encoding; letter case, widths and regular
/// expressions work on UTF-8 characters. Regular expressions are Java's and run within a budget of
/// steps, so that an unlucky one ends with an error instead of never.
@NullMarked
package dev.sloth.plugins.strings;

import org.jspecify.annotations.NullMarked;
