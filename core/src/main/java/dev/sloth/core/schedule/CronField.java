package dev.sloth.core.schedule;

import java.util.Arrays;

/// One of the fields of a cron expression.
enum CronField {
    SECOND("second", 0, 59, ""),
    MINUTE("minute", 0, 59, ""),
    HOUR("hour", 0, 23, ""),
    DATE("day of the month", 1, 31, ""),
    MONTH("month", 1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"),
    /// 0 and 7 are Sunday.
    WEEK("day of the week", 0, 7, "SUN MON TUE WED THU FRI SAT"),
    YEAR("year", Cron.YEAR_MIN, Cron.YEAR_MAX, "");

    private final String word;
    private final int min;
    private final int max;
    private final String names;

    CronField(String word, int min, int max, String names) {
        this.word = word;
        this.min = min;
        this.max = max;
        this.names = names;
    }

    String word() {
        return word;
    }

    int min() {
        return min;
    }

    int max() {
        return max;
    }

    /// The number of a name; -1 when there is no such name.
    int named(String name) {
        int at = Arrays.asList(names.split(" ", -1)).indexOf(name);
        return at < 0 || name.isEmpty() ? -1 : at + min;
    }

    /// What may stand there, for people.
    String wanted() {
        var example =
                switch (this) {
                    case SECOND, MINUTE -> "0, */15, 10-20/5";
                    case HOUR -> "*, 9-17, */2";
                    case DATE -> "1, 10-20, L, L-3, 15W, LW";
                    case MONTH -> "*, 1-6, JAN,JUL";
                    case WEEK -> "MON-FRI, 0, FRI#2, 5L";
                    case YEAR -> "2027, 2026-2030";
                };
        return "%d to %d%s, such as %s"
                .formatted(
                        min,
                        max,
                        names.isEmpty()
                                ? ""
                                : " or %s to %s"
                                        .formatted(
                                                names.substring(0, names.indexOf(' ')),
                                                names.substring(names.lastIndexOf(' ') + 1)),
                        example);
    }
}
