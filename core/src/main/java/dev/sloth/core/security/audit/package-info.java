/// Who did what, and who was refused what.
///
/// What changes something writes its row in the very transaction that changes it, so that neither
/// is ever without the other; reading leaves no row. What was refused, or was allowed and could not
/// be done, is written too: the first time at once, and then, for a minute, only counted, so that
/// nobody fills the disk by being refused. Rows are never changed or removed, and no secret may
/// stand in one.
@NullMarked
package dev.sloth.core.security.audit;

import org.jspecify.annotations.NullMarked;
