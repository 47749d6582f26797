/// Which runs that have ended are kept, and which may go.
///
/// [Retention] decides from values alone: what there is, what time it is, and the limits. It never
/// deletes anything, and is never told of runs that have not ended. Whoever carries the decision
/// out can show it first.
@NullMarked
package dev.sloth.core.retention;

import org.jspecify.annotations.NullMarked;
