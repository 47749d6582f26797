/// The module `time`: points in time as seconds since 1970, and their calendar.
///
/// A point in time is a plain number that knows no zone. Where a clock or calendar matters, the
/// zone of the host is used unless another is named. Layouts may be written in three ways, which
/// are told apart by how they look.
@NullMarked
package dev.sloth.plugins.time;

import org.jspecify.annotations.NullMarked;
