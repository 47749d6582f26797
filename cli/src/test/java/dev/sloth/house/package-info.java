/// The rules of the house that a machine can keep.
///
/// `FloorsTest` holds the table of who may see whom and looks at compiled classes. `TidyTest` looks
/// at the source tree: sizes, names, words. Numbers that may only get better lie in
/// `tidy-ratchet.properties`.
@NullMarked
package dev.sloth.house;

import org.jspecify.annotations.NullMarked;
