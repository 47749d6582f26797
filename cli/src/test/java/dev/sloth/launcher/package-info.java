/// Tests that start the product as a user does: through the launcher script, as a process of its
/// own.
///
/// They run after the package phase, since they need the app folder. What can be tested in process
/// is tested elsewhere; here it is about the launcher itself, the examples, and the commands that
/// the documents show.
@NullMarked
package dev.sloth.launcher;

import org.jspecify.annotations.NullMarked;
