/// Data formats: JSON, YAML, CSV and XML to values and back, and tables by path.
///
/// Every reader takes text from strangers: it is bounded in size, depth and number of nodes, knows
/// no types beyond Lua's own, fetches nothing, and says line and column of what it refuses. [Json]
/// and [Yaml] are also what reads the values given on the command line, by [ValuesFile].
///
/// Lua has no null and one kind of table, so: a null field is absent after reading, a null in a
/// list is a hole, and an empty table is written as `{}` unless asked otherwise. Whole numbers
/// beyond 2^53 are read as text, so that no digit is lost.
@NullMarked
package dev.sloth.plugins.data;

import org.jspecify.annotations.NullMarked;
