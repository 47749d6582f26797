/// The linter: tells what a script says that its author will not have meant.
///
/// [Linter] is the door. It has a text parsed, its names resolved, and shows both to checks; what
/// they find it sorts, after leaving out what comments in the text allow. Here are the checks that
/// need to know Lua only; hosts add others for what they offer to scripts. Nothing is ever run, and
/// a finding is a strong suspicion: a check that cannot be sure is silent.
@NullMarked
package dev.sloth.lua.lint;

import org.jspecify.annotations.NullMarked;
