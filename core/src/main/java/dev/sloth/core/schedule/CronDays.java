package dev.sloth.core.schedule;

import dev.sloth.api.workflow.Problem;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;

/// Reads the two fields that say which days.
final class CronDays {
    private static final Pattern FROM_END = Pattern.compile("L(?:-(\\d{1,2}))?");
    private static final Pattern NEAREST = Pattern.compile("(\\d{1,2})W");
    private static final Pattern LAST_OF_WEEK = Pattern.compile("([A-Z]+|\\d)L");
    private static final Pattern NTH_OF_WEEK = Pattern.compile("([^#]*)#([^#]*)");
    private static final int FROM_END_MAX = 30;
    private static final int WEEKS_MAX = 5;

    private boolean everyDate = true;
    private boolean everyDay = true;
    private final BitSet dates = new BitSet();
    private final BitSet week = new BitSet();
    private final List<Days.Odd> odd = new ArrayList<>();
    private final List<Days.OfWeek> ofWeek = new ArrayList<>();

    Days days() {
        return new Days(everyDate, dates, odd, everyDay, week, ofWeek);
    }

    void dates(CronText.Part part, List<Problem> problems) {
        everyDate = any(part);
        var set = new CronSet(part, problems);
        for (var item : part.text().split(",", -1)) {
            var fromEnd = FROM_END.matcher(item);
            var nearest = NEAREST.matcher(item);
            if (item.equals("LW") || item.equals("WL")) {
                odd.add(new Days.Odd.LastWorkday());
            } else if (fromEnd.matches()) {
                int days = fromEnd.group(1) == null ? 0 : Integer.parseInt(fromEnd.group(1));
                if (days > FROM_END_MAX) {
                    problems.add(
                            part.wrong(
                                    "has '%s'".formatted(item),
                                    "L-%d is the most there is".formatted(FROM_END_MAX)));
                }
                odd.add(new Days.Odd.FromEnd(days));
            } else if (nearest.matches()) {
                int date = set.value(nearest.group(1));
                if (date > 0) {
                    odd.add(new Days.Odd.Nearest(date));
                }
            } else {
                set.item(item);
            }
        }
        dates.or(set.taken());
    }

    private static boolean any(CronText.Part part) {
        return part.text().equals("*") || part.text().equals("?");
    }

    void week(CronText.Part part, List<Problem> problems) {
        everyDay = any(part);
        var set = new CronSet(part, problems);
        for (var item : part.text().split(",", -1)) {
            var last = LAST_OF_WEEK.matcher(item);
            var nth = NTH_OF_WEEK.matcher(item);
            if (nth.matches()) {
                int day = set.value(nth.group(1));
                var number = nth.group(2);
                if (!number.matches("[1-" + WEEKS_MAX + "]")) {
                    problems.add(
                            part.wrong(
                                    "has '%s'".formatted(item),
                                    "behind # stands which one of the month, 1 to 5, such as FRI#2"));
                } else if (day >= 0) {
                    ofWeek.add(new Days.OfWeek(day(day), Integer.parseInt(number)));
                }
            } else if (last.matches()) {
                int day = set.value(last.group(1));
                if (day >= 0) {
                    ofWeek.add(new Days.OfWeek(day(day), 0));
                }
            } else {
                set.item(item);
            }
        }
        set.taken().stream().forEach(day -> week.set(day(day).getValue()));
    }

    /// 0 and 7 are Sunday.
    private static DayOfWeek day(int number) {
        return number == 0 ? DayOfWeek.SUNDAY : DayOfWeek.of(number);
    }
}
