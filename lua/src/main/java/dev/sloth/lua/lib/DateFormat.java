package dev.sloth.lua.lib;

import dev.sloth.lua.value.LuaString;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Locale;

/// `strftime` in the C locale, for `os.date`.
final class DateFormat {
    private DateFormat() {}

    static void append(ByteBuilder out, LuaString format, ZonedDateTime at) {
        for (int i = 0; i < format.length(); i++) {
            int c = format.at(i);
            if (c == '%' && i + 1 < format.length()) {
                i++;
                out.append(LuaString.of(conversion(format.at(i), at)));
            } else {
                out.append(c);
            }
        }
    }

    private static String conversion(int letter, ZonedDateTime at) {
        return switch (letter) {
            case 'a', 'A', 'b', 'B', 'h', 'p', 'Z' -> name(letter, at);
            case 'c' -> all("a b e", ' ', at) + " " + all("H M S", ':', at) + " " + at.getYear();
            case 'D', 'x' -> all("m d y", '/', at);
            case 'F' -> all("Y m d", '-', at);
            case 'R' -> all("H M", ':', at);
            case 'r' -> all("I M S", ':', at) + " " + name('p', at);
            case 'T', 'X' -> all("H M S", ':', at);
            case 'n' -> "\n";
            case 't' -> "\t";
            case '%' -> "%";
            default -> number(letter, at);
        };
    }

    /// Several conversions with something between.
    private static String all(String letters, char between, ZonedDateTime at) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < letters.length(); i += 2) {
            if (i > 0) {
                text.append(between);
            }
            text.append(conversion(letters.charAt(i), at));
        }
        return text.toString();
    }

    private static String name(int letter, ZonedDateTime at) {
        return switch (letter) {
            case 'a' -> at.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'A' -> at.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'B' -> at.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'p' -> at.getHour() < 12 ? "AM" : "PM";
            case 'Z' -> zoneName(at);
            default -> at.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
        };
    }

    private static String zoneName(ZonedDateTime at) {
        String name = DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(at);
        return name.equals("Z") ? "GMT" : name;
    }

    private static String number(int letter, ZonedDateTime at) {
        int year = at.getYear();
        int weekYear = at.get(IsoFields.WEEK_BASED_YEAR);
        int sunday = at.getDayOfWeek().getValue() % 7;
        int hour12 = (at.getHour() + 11) % 12 + 1;
        return switch (letter) {
            case 'C' -> two(Math.floorDiv(year, 100));
            case 'd' -> two(at.getDayOfMonth());
            case 'e' -> blank(at.getDayOfMonth());
            case 'g' -> two(Math.floorMod(weekYear, 100));
            case 'G' -> Integer.toString(weekYear);
            case 'H' -> two(at.getHour());
            case 'I' -> two(hour12);
            case 'j' -> "%03d".formatted(at.getDayOfYear());
            case 'k' -> blank(at.getHour());
            case 'l' -> blank(hour12);
            case 'm' -> two(at.getMonthValue());
            case 'M' -> two(at.getMinute());
            case 's' -> Long.toString(at.toEpochSecond());
            case 'S' -> two(at.getSecond());
            case 'u' -> Integer.toString(at.getDayOfWeek().getValue());
            case 'U' -> two((at.getDayOfYear() + 6 - sunday) / 7);
            case 'V' -> two(at.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'w' -> Integer.toString(sunday);
            case 'W' -> two((at.getDayOfYear() + 6 - (sunday + 6) % 7) / 7);
            case 'y' -> two(Math.floorMod(year, 100));
            case 'Y' -> Integer.toString(year);
            case 'z' -> offset(at.get(ChronoField.OFFSET_SECONDS));
            default -> "%" + (char) letter;
        };
    }

    private static String offset(int seconds) {
        int minutes = Math.abs(seconds) / (int) ChronoUnit.MINUTES.getDuration().toSeconds();
        return (seconds < 0 ? "-" : "+") + two(minutes / 60) + two(minutes % 60);
    }

    private static String two(int n) {
        return n >= 0 && n < 10 ? "0" + n : Integer.toString(n);
    }

    private static String blank(int n) {
        return n < 10 ? " " + n : Integer.toString(n);
    }
}
