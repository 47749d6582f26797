/// The module `json`: the JSON functions of `data` under the names that most scripts expect.
///
/// Reading and writing, with their bounds, are those of the package `data`; this package only names
/// them. An empty table is written as `{}`. Use the option `empty = "list"` to write `[]` instead.
@NullMarked
package dev.sloth.plugins.json;

import org.jspecify.annotations.NullMarked;
