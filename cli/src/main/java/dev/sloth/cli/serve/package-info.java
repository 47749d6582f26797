/// What goes on for as long as `serve` does.
///
/// A [dev.sloth.cli.serve.Resident] has threads of its own and one duty, such as to fire schedules.
/// [dev.sloth.cli.serve.Residents] starts them in order, waits for the end, and stops them in the
/// opposite order, within one time for all of them. Nothing here may know how a run is wired: that
/// comes in from outside. Several processes may serve one store, so no resident may rely on being
/// the only one.
@NullMarked
package dev.sloth.cli.serve;

import org.jspecify.annotations.NullMarked;
