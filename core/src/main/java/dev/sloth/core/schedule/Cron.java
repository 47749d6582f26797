package dev.sloth.core.schedule;

import dev.sloth.api.workflow.Problems;
import java.util.BitSet;

/// A cron expression: sets of seconds, minutes, hours, days, months and years.
///
/// @param text as it was written
/// @param hours when all of them are meant, every occurrence of a local time counts; see
///   [CronTimes]
public record Cron(
        String text,
        BitSet seconds,
        BitSet minutes,
        BitSet hours,
        Days days,
        BitSet months,
        BitSet years) {
    static final int YEAR_MIN = 1970;

    /// The last year that an expression may name.
    static final int YEAR_MAX = 2199;

    static final int HOURS = 24;

    public Cron {
        seconds = (BitSet) seconds.clone();
        minutes = (BitSet) minutes.clone();
        hours = (BitSet) hours.clone();
        months = (BitSet) months.clone();
        years = (BitSet) years.clone();
    }

    /// Reads an expression of 5 fields (minute, hour, day of the month, month, day of the week), 6
    /// (with seconds before them) or 7 (with years behind them), or a word such as `@daily`.
    ///
    /// @throws Problems with everything that is wrong with it
    public static Cron parse(String text) {
        return CronText.parse(text);
    }

    /// Whether it says nothing about hours.
    boolean everyHour() {
        return hours.cardinality() == HOURS;
    }

    @Override
    public String toString() {
        return text;
    }
}
