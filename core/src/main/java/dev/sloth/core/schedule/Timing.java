package dev.sloth.core.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// When a schedule fires: the instants of a trigger on days that no calendar takes out.
public record Timing(Trigger trigger, ZoneId zone, Calendar calendar) {
    /// How many days in a row a calendar may take out before a schedule counts as one that never
    /// fires.
    private static final int EXCLUDED_MAX = 366 * CronTimes.YEARS_MAX;

    /// The first instant after another one; nothing when there is none within 100 years.
    public Optional<Instant> next(Instant after) {
        var from = after;
        for (int days = 0; days < EXCLUDED_MAX; days++) {
            var found = trigger.next(from, zone);
            if (found.isEmpty()) {
                return found;
            }
            var day = LocalDate.ofInstant(found.get(), zone);
            if (!calendar.excludes(day)) {
                return found;
            }
            // on to the last moment of that day
            var end = day.plusDays(1).atStartOfDay(zone).toInstant().minusNanos(1);
            from = end.isAfter(found.get()) ? end : found.get();
            if (after.until(from, ChronoUnit.DAYS) > EXCLUDED_MAX) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /// So many instants, or all there are.
    public List<Instant> next(Instant after, int count) {
        var all = new ArrayList<Instant>();
        for (var at = next(after); at.isPresent() && all.size() < count; at = next(at.get())) {
            all.add(at.get());
        }
        return all;
    }
}
