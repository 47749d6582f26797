/// Fakes of what a plugin is given: a host, its processes, its goroutines, and calls.
///
/// They keep the contract of the plugin interface and nothing more: functions of a script are Java
/// lambdas, they take turns under one lock, and arguments are checked against the declaration.
@NullMarked
package dev.sloth.plugins.testing;

import org.jspecify.annotations.NullMarked;
