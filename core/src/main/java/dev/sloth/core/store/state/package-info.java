/// What is kept of the state that scripts share: entries with their items, changes, and locks.
///
/// A store runs a piece of work on a view, or on an edit, in one transaction: what may be done with
/// a value is not its business but that of `dev.sloth.core.state`. Work must be quick and look at
/// nothing but the view, since others wait for it and it may be run again.
@NullMarked
package dev.sloth.core.store.state;

import org.jspecify.annotations.NullMarked;
