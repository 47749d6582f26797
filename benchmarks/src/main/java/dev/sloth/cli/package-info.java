/// Measurements that need the inside of the command line. They stand in its package, as its tests
/// do, and are no part of the program. What is started as a whole is measured by the script `run`
/// instead.
@NullMarked
package dev.sloth.cli;

import org.jspecify.annotations.NullMarked;
