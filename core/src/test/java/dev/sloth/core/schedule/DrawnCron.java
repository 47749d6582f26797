package dev.sloth.core.schedule;

import dev.sloth.testkit.Gen;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/// An expression with its meaning, both made at random: the meaning knows nothing of the parser.
record DrawnCron(String text, Predicate<LocalDateTime> fits, boolean everyHour) {
    private record Field(String text, IntPredicate fits) {}

    private record DayField(String text, Predicate<LocalDate> fits) {}

    /// One whose seconds are 0.
    static DrawnCron ofMinutes(Gen gen) {
        return draw(gen, new Field("", s -> s == 0));
    }

    static DrawnCron ofSeconds(Gen gen) {
        var seconds = field(gen, 0, 59);
        return draw(gen, seconds);
    }

    /// One at midnight.
    static DrawnCron ofDays(Gen gen) {
        var zero = new Field("0", v -> v == 0);
        return draw(gen, zero, zero, zero);
    }

    private static DrawnCron draw(Gen gen, Field second) {
        var hour = gen.chance(30) ? new Field("*", _ -> true) : field(gen, 0, 23);
        return draw(gen, second, field(gen, 0, 59), hour);
    }

    private static DrawnCron draw(Gen gen, Field second, Field minute, Field hour) {
        var date = gen.chance(60) ? new DayField("*", _ -> true) : date(gen);
        var month = gen.chance(70) ? new Field("*", _ -> true) : field(gen, 1, 12);
        var week = gen.chance(60) ? new DayField("?", _ -> true) : week(gen);
        Predicate<LocalDate> day =
                date.text().equals("*")
                        ? week.fits()
                        : week.text().equals("?") ? date.fits() : date.fits().or(week.fits());
        Predicate<LocalDateTime> fits =
                t ->
                        second.fits().test(t.getSecond())
                                && minute.fits().test(t.getMinute())
                                && hour.fits().test(t.getHour())
                                && month.fits().test(t.getMonthValue())
                                && day.test(t.toLocalDate());
        boolean everyHour = true;
        for (int h = 0; h < 24; h++) {
            everyHour &= hour.fits().test(h);
        }
        var text =
                String.join(
                        " ",
                        second.text(),
                        minute.text(),
                        hour.text(),
                        date.text(),
                        month.text(),
                        week.text());
        return new DrawnCron(text.strip(), fits, everyHour);
    }

    private static Field field(Gen gen, int min, int max) {
        var texts = new ArrayList<String>();
        IntPredicate any = _ -> false;
        for (int i = gen.between(1, 3); i > 0; i--) {
            var item = item(gen, min, max);
            texts.add(item.text());
            any = any.or(item.fits());
        }
        return new Field(String.join(",", texts), any);
    }

    private static Field item(Gen gen, int min, int max) {
        int low = gen.between(min, max);
        int high = gen.between(low, max);
        int step = gen.between(1, max - min + 1);
        IntPredicate between = v -> v >= low && v <= high;
        IntPredicate stepped = v -> (v - low) % step == 0;
        return switch (gen.below(5)) {
            case 0 -> new Field("*/" + step, v -> (v - min) % step == 0);
            case 1 -> new Field(low + "-" + high, between);
            case 2 -> new Field(low + "-" + high + "/" + step, between.and(stepped));
            case 3 -> new Field(low + "/" + step, stepped.and(v -> v >= low));
            default -> new Field("" + low, v -> v == low);
        };
    }

    private static DayField date(Gen gen) {
        int number = gen.between(1, 31);
        return switch (gen.below(5)) {
            case 0 -> new DayField("L", d -> d.getDayOfMonth() == d.lengthOfMonth());
            case 1 -> {
                int back = gen.between(1, 30);
                yield new DayField("L-" + back, d -> d.getDayOfMonth() == d.lengthOfMonth() - back);
            }
            case 2 -> new DayField("LW", d -> d.equals(lastWorkday(d)));
            case 3 -> new DayField(number + "W", d -> isNearest(d, number));
            default -> {
                var field = field(gen, 1, 31);
                yield new DayField(field.text(), d -> field.fits().test(d.getDayOfMonth()));
            }
        };
    }

    private static boolean isWorkday(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
    }

    private static LocalDate lastWorkday(LocalDate day) {
        var last = day.withDayOfMonth(day.lengthOfMonth());
        while (!isWorkday(last)) {
            last = last.minusDays(1);
        }
        return last;
    }

    /// Looked for outwards from the date, within its month.
    private static boolean isNearest(LocalDate day, int number) {
        if (number > day.lengthOfMonth()) {
            return false;
        }
        var date = day.withDayOfMonth(number);
        for (int away : List.of(0, -1, 1, -2, 2)) {
            var other = date.plusDays(away);
            if (other.getMonthValue() == date.getMonthValue() && isWorkday(other)) {
                return other.equals(day);
            }
        }
        throw new IllegalStateException("no workday near " + date);
    }

    private static DayField week(Gen gen) {
        int number = gen.between(0, 7);
        var day = number == 0 ? DayOfWeek.SUNDAY : DayOfWeek.of(number);
        var name = day.name().substring(0, 3);
        int nth = gen.between(1, 5);
        return switch (gen.below(5)) {
            case 0 ->
                    new DayField(
                            number + "L",
                            d ->
                                    d.getDayOfWeek() == day
                                            && d.plusDays(7).getMonthValue() != d.getMonthValue());
            case 1 ->
                    new DayField(
                            name + "#" + nth,
                            d ->
                                    d.getDayOfWeek() == day
                                            && d.getDayOfMonth() > 7 * (nth - 1)
                                            && d.getDayOfMonth() <= 7 * nth);
            case 2 -> new DayField(name, d -> d.getDayOfWeek() == day);
            case 3 -> {
                var last = DayOfWeek.of(gen.between(1, 7));
                yield new DayField(
                        name + "-" + last.name().substring(0, 3), d -> isBetween(d, day, last));
            }
            default -> new DayField("" + number, d -> d.getDayOfWeek() == day);
        };
    }

    /// Goes round the week from the first to the last; Sunday is the first of days where a range
    /// begins with it, and the last where one ends with it.
    private static boolean isBetween(LocalDate date, DayOfWeek first, DayOfWeek last) {
        for (var day = first; ; day = day.plus(1)) {
            if (date.getDayOfWeek() == day) {
                return true;
            }
            if (day == last) {
                return false;
            }
        }
    }
}
