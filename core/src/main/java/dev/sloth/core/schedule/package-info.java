/// When something is to run: times, days that are left out, and what to do with times that were
/// missed or that come while the last run goes on.
///
/// A [dev.sloth.core.schedule.Trigger] names instants, a [dev.sloth.core.schedule.Calendar] takes
/// days out of them, and [dev.sloth.core.schedule.Planner] decides what becomes of those that are
/// due. All of it is a function of values: no clock is read here, no thread is owned, and nothing
/// is written. An instant that was decided is never decided again, and none is passed over without
/// a word.
@NullMarked
package dev.sloth.core.schedule;

import org.jspecify.annotations.NullMarked;
