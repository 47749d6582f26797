package dev.sloth.core.schedule;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Days on which a schedule does not fire.
public record Calendar(List<Exclusion> exclusions) {
    /// The code of a day that cannot be read.
    public static final String CODE = "SLOTH-4404";

    public static final Calendar NOTHING = new Calendar(List.of());

    /// How many days, ranges and so on one calendar may list.
    public static final int EXCLUSIONS_MAX = 2_000;

    public Calendar {
        exclusions = List.copyOf(exclusions);
    }

    /// Some days.
    public sealed interface Exclusion {
        boolean covers(LocalDate day);

        /// From one day to another, both included.
        record Between(LocalDate first, LocalDate last) implements Exclusion {
            @Override
            public boolean covers(LocalDate day) {
                return !day.isBefore(first) && !day.isAfter(last);
            }

            @Override
            public String toString() {
                return first.equals(last) ? first.toString() : first + ".." + last;
            }
        }

        /// The same date in every year.
        record Yearly(MonthDay date) implements Exclusion {
            @Override
            public boolean covers(LocalDate day) {
                return MonthDay.from(day).equals(date);
            }

            @Override
            public String toString() {
                return "%02d-%02d".formatted(date.getMonthValue(), date.getDayOfMonth());
            }
        }

        /// The same day in every week.
        record Weekly(DayOfWeek weekday) implements Exclusion {
            @Override
            public boolean covers(LocalDate day) {
                return day.getDayOfWeek() == weekday;
            }

            @Override
            public String toString() {
                return weekday.name().substring(0, SHORT).toLowerCase(Locale.ROOT);
            }
        }
    }

    private static final int SHORT = 3;

    public boolean excludes(LocalDate day) {
        for (var exclusion : exclusions) {
            if (exclusion.covers(day)) {
                return true;
            }
        }
        return false;
    }

    /// As [#parse] reads them.
    public List<String> words() {
        return exclusions.stream().map(Object::toString).toList();
    }

    /// Reads words such as `sat`, `12-25`, `2026-05-01` and `2026-12-24..2027-01-02`; several may
    /// stand in one, with commas between them.
    ///
    /// @throws Problems with all that are none
    public static Calendar parse(Collection<String> words) {
        Set<Exclusion> all = new LinkedHashSet<>();
        var problems = new ArrayList<Problem>();
        for (var word : words) {
            for (var one : word.split(",", -1)) {
                exclusion(one.strip().toLowerCase(Locale.ROOT))
                        .ifPresentOrElse(all::add, () -> problems.add(wrong(one)));
            }
        }
        if (all.size() > EXCLUSIONS_MAX) {
            problems.add(
                    new Problem(
                            CODE,
                            "%d days are left out, more than %d"
                                    .formatted(all.size(), EXCLUSIONS_MAX),
                            Span.NOWHERE,
                            "write neighbours as one range: 2026-12-24..2027-01-02"));
        }
        if (!problems.isEmpty()) {
            throw new Problems(problems);
        }
        return new Calendar(List.copyOf(all));
    }

    private static Problem wrong(String word) {
        return new Problem(
                CODE,
                "'" + word.strip() + "' is no day to leave out",
                Span.NOWHERE,
                "write sat, 12-25, 2026-05-01 or 2026-12-24..2027-01-02");
    }

    private static Optional<Exclusion> exclusion(String word) {
        for (var day : DayOfWeek.values()) {
            var name = day.name().toLowerCase(Locale.ROOT);
            if (word.equals(name) || word.equals(name.substring(0, SHORT))) {
                return Optional.of(new Exclusion.Weekly(day));
            }
        }
        try {
            if (word.matches("\\d\\d-\\d\\d")) {
                return Optional.of(new Exclusion.Yearly(MonthDay.parse("--" + word)));
            }
            var ends = word.split("\\.\\.", -1);
            var first = LocalDate.parse(ends[0]);
            var last = LocalDate.parse(ends[ends.length - 1]);
            return ends.length <= 2 && !last.isBefore(first)
                    ? Optional.of(new Exclusion.Between(first, last))
                    : Optional.empty();
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
