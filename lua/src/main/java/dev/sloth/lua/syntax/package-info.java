/// From text to tree: lexer, parser, and a tree that keeps the exact place of everything in it.
///
/// The parser recovers after an error, so that one look reports several. The tree of an unchanged
/// text prints back byte for byte. Nothing here knows how a script is run.
@NullMarked
package dev.sloth.lua.syntax;

import org.jspecify.annotations.NullMarked;
