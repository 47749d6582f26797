package dev.sloth.core.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// When a schedule fires: the instants of a trigger on days that no calendar takes out.
public record Timing(Trigger trigger, ZoneId zone, Calendar calendar) {
    /// The first instant after another one; nothing when there is none before the year 2200.
    public Optional<Instant> next(Instant after) {
        var from = after;
        while (true) {
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
        }
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
