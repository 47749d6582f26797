package dev.sloth.core.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.BitSet;
import java.util.List;

/// Which days of a month an expression means.
///
/// @param everyDate whether any date will do: then the days of the week decide alone
/// @param everyDay whether any day of the week will do; when neither says "any", a day is meant
///   that fits one of the two
record Days(
        boolean everyDate,
        BitSet dates,
        List<Odd> odd,
        boolean everyDay,
        BitSet week,
        List<OfWeek> ofWeek) {
    private static final int WEEK = 7;

    Days {
        dates = (BitSet) dates.clone();
        odd = List.copyOf(odd);
        week = (BitSet) week.clone();
        ofWeek = List.copyOf(ofWeek);
    }

    /// A date that depends on the month.
    sealed interface Odd {
        /// So many days before the last one: `L`, `L-3`.
        record FromEnd(int days) implements Odd {}

        /// The day from Monday to Friday that is nearest to a date, in the same month: `15W`.
        record Nearest(int date) implements Odd {}

        /// The last day from Monday to Friday: `LW`.
        record LastWorkday() implements Odd {}
    }

    /// One day of the week in a month.
    ///
    /// @param number which one, from 1; 0 means the last
    record OfWeek(DayOfWeek day, int number) {}

    /// The days of a month that are meant, by their dates.
    BitSet of(YearMonth month) {
        int length = month.lengthOfMonth();
        var all = new BitSet();
        all.set(1, length + 1);
        if (everyDate && everyDay) {
            return all;
        }
        var meant = new BitSet();
        if (!everyDate) {
            meant.or(dates);
            odd.forEach(o -> addOdd(o, month, meant));
        }
        if (!everyDay) {
            addWeek(month, meant);
        }
        meant.and(all);
        return meant;
    }

    private static void addOdd(Odd odd, YearMonth month, BitSet meant) {
        int length = month.lengthOfMonth();
        switch (odd) {
            case Odd.FromEnd(int days) -> {
                if (days < length) {
                    meant.set(length - days);
                }
            }
            case Odd.Nearest(int date) -> {
                if (date <= length) {
                    meant.set(workdayNear(month.atDay(date), length));
                }
            }
            case Odd.LastWorkday() -> meant.set(workdayNear(month.atEndOfMonth(), length));
        }
    }

    /// Stays in the month.
    private static int workdayNear(LocalDate date, int length) {
        int day = date.getDayOfMonth();
        return switch (date.getDayOfWeek()) {
            case SATURDAY -> day == 1 ? day + 2 : day - 1;
            case SUNDAY -> day == length ? day - 2 : day + 1;
            case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> day;
        };
    }

    private void addWeek(YearMonth month, BitSet meant) {
        int length = month.lengthOfMonth();
        int first = month.atDay(1).getDayOfWeek().getValue();
        for (int date = 1; date <= length; date++) {
            int day = (first + date - 2) % WEEK + 1;
            if (week.get(day) || isOfWeek(day, date, length)) {
                meant.set(date);
            }
        }
    }

    private boolean isOfWeek(int day, int date, int length) {
        for (var one : ofWeek) {
            boolean fits =
                    one.number() == 0
                            ? date + WEEK > length
                            : (date - 1) / WEEK + 1 == one.number();
            if (fits && one.day().getValue() == day) {
                return true;
            }
        }
        return false;
    }
}
