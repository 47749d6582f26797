package dev.sloth.plugins.time;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// How a point in time is written: a name such as `RFC3339`, directives such as `%Y-%m-%d`, or Go's
/// reference time `2006-01-02 15:04:05`.
final class Layout {
    private static final Map<String, String> NAMES =
            Map.ofEntries(
                    Map.entry("RFC3339", "2006-01-02T15:04:05Z07:00"),
                    Map.entry("RFC3339Nano", "2006-01-02T15:04:05.000000000Z07:00"),
                    Map.entry("ISO8601", "2006-01-02T15:04:05-07:00"),
                    Map.entry("RFC1123", "Mon, 02 Jan 2006 15:04:05 MST"),
                    Map.entry("RFC1123Z", "Mon, 02 Jan 2006 15:04:05 -0700"),
                    Map.entry("RFC822", "02 Jan 06 15:04 MST"),
                    Map.entry("RFC850", "Monday, 02-Jan-06 15:04:05 MST"),
                    Map.entry("ANSIC", "Mon Jan _2 15:04:05 2006"),
                    Map.entry("UnixDate", "Mon Jan _2 15:04:05 MST 2006"),
                    Map.entry("Kitchen", "3:04PM"),
                    Map.entry("DateTime", "2006-01-02 15:04:05"),
                    Map.entry("DateOnly", "2006-01-02"),
                    Map.entry("TimeOnly", "15:04:05"),
                    Map.entry("Stamp", "Jan _2 15:04:05"));

    /// Java's letters for the pieces of Go's reference time; longer pieces come first.
    private static final Map<String, String> GO = go();

    private Layout() {}

    static DateTimeFormatter of(String layout) {
        var named = NAMES.get(layout);
        var builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
        if (named == null && layout.contains("%")) {
            directives(layout, builder);
        } else {
            reference(named == null ? layout : named, builder);
        }
        return builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
    }

    private static Map<String, String> go() {
        var pieces = new LinkedHashMap<String, String>();
        pieces.put("January", "MMMM");
        pieces.put("Jan", "MMM");
        pieces.put("Monday", "EEEE");
        pieces.put("Mon", "EEE");
        pieces.put("MST", "zzz");
        pieces.put("2006", "uuuu");
        pieces.put("Z07:00", "X".repeat(3));
        pieces.put("Z0700", "XX");
        pieces.put("-07:00", "xxx");
        pieces.put("-0700", "xx");
        pieces.put("002", "DDD");
        pieces.put("01", "MM");
        pieces.put("02", "dd");
        pieces.put("03", "hh");
        pieces.put("04", "mm");
        pieces.put("05", "ss");
        pieces.put("06", "uu");
        pieces.put("15", "HH");
        pieces.put("PM", "a");
        pieces.put("_2", "ppd");
        pieces.put("1", "M");
        pieces.put("2", "d");
        pieces.put("3", "h");
        pieces.put("4", "m");
        pieces.put("5", "s");
        return pieces;
    }

    private static void reference(String layout, DateTimeFormatterBuilder builder) {
        int at = 0;
        while (at < layout.length()) {
            int zeros = fraction(layout, at);
            if (zeros > 0) {
                builder.appendFraction(ChronoField.NANO_OF_SECOND, zeros, zeros, true);
                at += zeros + 1;
                continue;
            }
            at += piece(layout, at, builder);
        }
    }

    private static int piece(String layout, int at, DateTimeFormatterBuilder builder) {
        for (var piece : GO.entrySet()) {
            if (layout.startsWith(piece.getKey(), at)) {
                builder.appendPattern(piece.getValue());
                return piece.getKey().length();
            }
        }
        builder.appendLiteral(layout.charAt(at));
        return 1;
    }

    /// How many zeros or nines of a fraction follow the point here.
    private static int fraction(String layout, int at) {
        if (layout.charAt(at) != '.') {
            return 0;
        }
        int end = at + 1;
        while (end < layout.length() && (layout.charAt(end) == '0' || layout.charAt(end) == '9')) {
            end++;
        }
        int count = end - at - 1;
        boolean digitFollows = end < layout.length() && Character.isDigit(layout.charAt(end));
        return count <= 9 && !digitFollows ? count : 0;
    }

    private static void directives(String layout, DateTimeFormatterBuilder builder) {
        for (int i = 0; i < layout.length(); i++) {
            char c = layout.charAt(i);
            if (c == '%' && i + 1 < layout.length()) {
                directive(layout.charAt(++i), builder);
            } else {
                builder.appendLiteral(c);
            }
        }
    }

    private static void directive(char c, DateTimeFormatterBuilder builder) {
        switch (c) {
            case 'Y' -> builder.appendPattern("uuuu");
            case 'y' -> builder.appendPattern("uu");
            case 'm' -> builder.appendPattern("MM");
            case 'd' -> builder.appendPattern("dd");
            case 'e' -> builder.appendPattern("ppd");
            case 'H' -> builder.appendPattern("HH");
            case 'I' -> builder.appendPattern("hh");
            case 'M' -> builder.appendPattern("mm");
            case 'S' -> builder.appendPattern("ss");
            case 'f' -> builder.appendPattern("SSSSSS");
            case 'p' -> builder.appendPattern("a");
            case 'j' -> builder.appendPattern("DDD");
            case 'a' -> builder.appendPattern("EEE");
            case 'A' -> builder.appendPattern("EEEE");
            case 'b', 'h' -> builder.appendPattern("MMM");
            case 'B' -> builder.appendPattern("MMMM");
            case 'Z' -> builder.appendPattern("zzz");
            case 'z' -> builder.appendPattern("xx");
            case 's' -> builder.appendValue(ChronoField.INSTANT_SECONDS);
            case 'F' -> builder.appendPattern("uuuu-MM-dd");
            case 'T' -> builder.appendPattern("HH:mm:ss");
            case 'D' -> builder.appendPattern("MM/dd/uu");
            case 'R' -> builder.appendPattern("HH:mm");
            case 'n' -> builder.appendLiteral('\n');
            case 't' -> builder.appendLiteral('\t');
            case '%' -> builder.appendLiteral('%');
            default -> throw new IllegalArgumentException("the directive %" + c + " is not known");
        }
    }
}
