package dev.sloth.plugins.time;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Durations;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// The module `time`.
public final class TimeModule {
    /// Year 9999; later points are refused.
    private static final double SECONDS_MAX = 253_402_300_799.0;

    /// From the year 1 to 1970: rounding counts from there, so that weeks begin on Monday.
    private static final BigDecimal BEFORE_1970 = BigDecimal.valueOf(62_135_596_800L);

    private static final String LAYOUT_DOC =
            "A name such as RFC3339, directives such as %Y-%m-%d, or Go's reference time such as"
                    + " 2006-01-02 15:04:05.";

    private TimeModule() {}

    public static Module module() {
        return Module.named("time", "Points in time, as seconds since 1970, and their calendar.")
                .functions(now(), nowMs(), unix(), unixNano(), format(), parse(), rfc3339())
                .functions(moved("add", "Gives the point that much later.", 1))
                .functions(moved("sub", "Gives the point that much earlier.", -1))
                .functions(duration(), since(), until(), sleep())
                .functions(
                        field("year", "Gives the year.", ZonedDateTime::getYear),
                        field("month", "Gives the month, from 1.", ZonedDateTime::getMonthValue),
                        field("day", "Gives the day of the month.", ZonedDateTime::getDayOfMonth),
                        field("hour", "Gives the hour, from 0.", ZonedDateTime::getHour),
                        field("minute", "Gives the minute.", ZonedDateTime::getMinute),
                        field("second", "Gives the second.", ZonedDateTime::getSecond))
                .functions(weekday(), utc(), local(), inLocation())
                .functions(
                        compared("before", "Says whether one is earlier.", order -> order < 0),
                        compared("after", "Says whether one is later.", order -> order > 0),
                        compared("equal", "Says whether they are the same.", order -> order == 0))
                .functions(
                        stepped("truncate", "Rounds down to a multiple of a length.", false),
                        stepped("round", "Rounds to the nearest multiple of a length.", true));
    }

    private static Function.Builder at(String name) {
        return Function.named(name)
                .param("time", Type.NUMBER, "The point in time, in seconds since 1970.");
    }

    private static Instant instant(Call call, String parameter) {
        double seconds = call.number(parameter);
        if (!(Math.abs(seconds) <= SECONDS_MAX)) {
            throw new CallFailure(parameter + " is not a point in time");
        }
        return Instant.EPOCH.plus(Durations.of(new Value.Num(seconds), parameter));
    }

    private static double seconds(Instant instant) {
        return instant.getEpochSecond() + instant.getNano() / 1e9;
    }

    private static ZonedDateTime calendar(Call call) {
        var zone = call.given("zone") ? zone(call.text("zone")) : Optional.of(call.host().zone());
        return instant(call, "time")
                .atZone(
                        zone.orElseThrow(
                                () -> new CallFailure("there is no zone " + call.text("zone"))));
    }

    private static Optional<ZoneId> zone(String name) {
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Function now() {
        return Function.named("now")
                .doc("Gives the present point in time, in whole seconds.")
                .returns("time", Type.INTEGER, "Seconds since 1970.")
                .example("local started = time.now()")
                .body(call ->
                        Results.number((double) call.host().time().instant().getEpochSecond()));
    }

    private static Function nowMs() {
        return Function.named("now_ms")
                .doc("Gives the present point in time, in whole milliseconds.")
                .returns("ms", Type.INTEGER, "Milliseconds since 1970.")
                .example("local started = time.now_ms()")
                .body(call -> Results.number((double) call.host().time().millis()));
    }

    private static Function unix() {
        return Function.named("unix")
                .doc("Makes a point in time from seconds and nanoseconds.")
                .param("seconds", Type.NUMBER, "Seconds since 1970.")
                .optional("nanoseconds", Type.NUMBER, "More nanoseconds.")
                .returns("time", Type.NUMBER, "Seconds since 1970, with a fraction.")
                .example("time.unix(1700000000, 500000000)")
                .body(call ->
                        Results.number(
                                call.number("seconds") + call.number("nanoseconds", 0) / 1e9));
    }

    private static Function unixNano() {
        return Function.named("unix_nano")
                .doc("Gives nanoseconds since 1970, as near as a number can hold them.")
                .returns("nanoseconds", Type.NUMBER, "Nanoseconds since 1970.")
                .example("local n = time.unix_nano()")
                .body(call -> {
                    var now = call.host().time().instant();
                    return Results.number(now.getEpochSecond() * 1e9 + now.getNano());
                });
    }

    private static Function format() {
        return at("format")
                .doc("Writes a point in time.")
                .param("layout", Type.STRING, LAYOUT_DOC)
                .optional("zone", Type.STRING, "Such as UTC or Asia/Tokyo; the host's if nil.")
                .returnsOrNil("text", Type.STRING, "The text, or nil.")
                .returnsOrNil("error", Type.STRING, "What is wrong with the layout, or nil.")
                .example("time.format(time.now(), \"%Y-%m-%d %H:%M\")")
                .body(call -> {
                    try {
                        return Results.text(Layout.of(call.text("layout")).format(calendar(call)));
                    } catch (DateTimeException | IllegalArgumentException e) {
                        return Results.fail(String.valueOf(e.getMessage()));
                    }
                });
    }

    private static Function parse() {
        return Function.named("parse")
                .doc("Reads a point in time. What the text leaves out is taken as zero.")
                .param("text", Type.STRING, "The text.")
                .param("layout", Type.STRING, LAYOUT_DOC)
                .optional("zone", Type.STRING, "Of a text that names none; UTC if nil.")
                .returnsOrNil("time", Type.NUMBER, "Seconds since 1970, or nil.")
                .returnsOrNil("error", Type.STRING, "What is wrong, or nil.")
                .example("local t, err = time.parse(\"2026-11-23\", \"%Y-%m-%d\")")
                .body(call -> {
                    try {
                        var zone = zone(call.text("zone", "UTC"));
                        if (zone.isEmpty()) {
                            return Results.fail("there is no zone " + call.text("zone"));
                        }
                        var read = Layout.of(call.text("layout")).parse(call.text("text"));
                        return Results.number(seconds(instant(read, zone.get())));
                    } catch (DateTimeException | IllegalArgumentException e) {
                        return Results.fail(String.valueOf(e.getMessage()));
                    }
                });
    }

    private static Instant instant(TemporalAccessor read, ZoneId otherwise) {
        var offset = read.query(TemporalQueries.offset());
        var named = read.query(TemporalQueries.zoneId());
        var day = read.query(TemporalQueries.localDate());
        var clock = read.query(TemporalQueries.localTime());
        if (read.isSupported(ChronoField.INSTANT_SECONDS)) {
            return Instant.from(read);
        }
        var zone = offset != null ? offset : named != null ? named : otherwise;
        return ZonedDateTime.of(
                        day == null ? partOfDate(read) : day,
                        clock == null ? LocalTime.MIDNIGHT : clock,
                        zone)
                .toInstant();
    }

    /// A date of which only the year, or only year and month, or none of it was told.
    private static LocalDate partOfDate(TemporalAccessor read) {
        return LocalDate.of(
                field(read, ChronoField.YEAR, LocalDate.EPOCH.getYear()),
                field(read, ChronoField.MONTH_OF_YEAR, 1),
                field(read, ChronoField.DAY_OF_MONTH, 1));
    }

    private static int field(TemporalAccessor read, ChronoField field, int otherwise) {
        return read.isSupported(field) ? read.get(field) : otherwise;
    }

    private static Function rfc3339() {
        return at("rfc3339")
                .doc("Writes a point in time in UTC, as RFC 3339 has it.")
                .returns("text", Type.STRING, "Such as 2026-11-23T22:33:44Z.")
                .example("time.rfc3339(time.now())")
                .body(call ->
                        Results.text(
                                Layout.of("RFC3339")
                                        .format(instant(call, "time").atZone(ZoneOffset.UTC))));
    }

    private static Function moved(String name, String doc, int sign) {
        return at(name).doc(doc)
                .param("length", Type.ANY, "Seconds, or text such as 1h30m.")
                .returnsOrNil("time", Type.NUMBER, "Seconds since 1970, or nil.")
                .returnsOrNil("error", Type.STRING, "What is wrong with the length, or nil.")
                .example("time." + name + "(time.now(), \"24h\")")
                .body(call -> {
                    try {
                        var length = Durations.of(call.value("length"), "length");
                        var moved = instant(call, "time").plus(length.multipliedBy(sign));
                        return Results.number(seconds(moved));
                    } catch (CallFailure e) {
                        return Results.fail(String.valueOf(e.getMessage()));
                    } catch (DateTimeException | ArithmeticException _) {
                        return Results.fail("that is beyond all calendars");
                    }
                });
    }

    private static Function duration() {
        return Function.named("duration")
                .doc("Reads a length of time.")
                .param("text", Type.STRING, "Such as 300ms, 10s or 1h30m.")
                .returnsOrNil("seconds", Type.NUMBER, "The length in seconds, or nil.")
                .returnsOrNil("error", Type.STRING, "What is wrong, or nil.")
                .example("time.duration(\"1h30m\") -- 5400")
                .body(call ->
                        Durations.parse(call.text("text"))
                                .map(d -> Results.number(Durations.seconds(d)))
                                .orElseGet(() ->
                                        Results.fail(
                                                "not a length of time: " + call.text("text"))));
    }

    private static Function since() {
        return at("since")
                .doc("Gives the seconds that have gone by since a point in time.")
                .returns("seconds", Type.NUMBER, "How many, negative if it is to come.")
                .example("log.info(time.since(started) .. \" s\")")
                .body(call -> Results.number(gap(instant(call, "time"), call)));
    }

    private static Function until() {
        return at("until")
                .doc("Gives the seconds that are left until a point in time.")
                .returns("seconds", Type.NUMBER, "How many, negative if it is past.")
                .example("log.info(time[\"until\"](deadline) .. \" s left\")")
                .body(call -> Results.number(0 - gap(instant(call, "time"), call)));
    }

    private static double gap(Instant from, Call call) {
        return Durations.seconds(Duration.between(from, call.host().time().instant()));
    }

    private static Function sleep() {
        return Function.named("sleep")
                .doc("Waits while other goroutines run.")
                .param("length", Type.ANY, "Seconds, or text such as 300ms.")
                .example("time.sleep(0.5)")
                .body(call -> {
                    var length = Durations.waiting(call.value("length"), "length");
                    call.host().concurrency().sleep(length.isNegative() ? Duration.ZERO : length);
                    return Results.none();
                });
    }

    private static Function field(String name, String doc, ToDoubleFunction<ZonedDateTime> field) {
        return at(name).doc(doc)
                .optional("zone", Type.STRING, "Such as UTC or Asia/Tokyo; the host's if nil.")
                .returns(name, Type.INTEGER, "The number.")
                .example("time." + name + "(time.now())")
                .body(call -> Results.number(field.applyAsDouble(calendar(call))));
    }

    private static Function weekday() {
        return at("weekday")
                .doc("Gives the name of the day of the week.")
                .optional("zone", Type.STRING, "Such as UTC or Asia/Tokyo; the host's if nil.")
                .returns("weekday", Type.STRING, "Such as Monday.")
                .example("time.weekday(time.now())")
                .body(call ->
                        Results.text(
                                calendar(call)
                                        .getDayOfWeek()
                                        .getDisplayName(TextStyle.FULL, Locale.ENGLISH)));
    }

    private static Function.Builder zoned(String name) {
        return at(name).returnsOrNil("time", Type.NUMBER, "The same point in time, or nil.")
                .returns("text", Type.STRING, "How the clock there reads, or the error.");
    }

    private static List<Value> zoned(Call call, ZoneId zone) {
        var text =
                instant(call, "time").atZone(zone).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
        return Results.of(call.value("time"), Text.of(text));
    }

    private static Function utc() {
        return zoned("utc")
                .doc("Gives the point as it is, and how the clock of UTC reads then.")
                .example("local t, text = time.utc(time.now())")
                .body(call -> zoned(call, ZoneOffset.UTC));
    }

    private static Function local() {
        return zoned("local")
                .doc("Gives the point as it is, and how the clock of the host's zone reads then.")
                .example("local t, text = time[\"local\"](time.now())")
                .body(call -> zoned(call, call.host().zone()));
    }

    private static Function inLocation() {
        return zoned("in_location")
                .doc("Gives the point as it is, and how the clock of a zone reads then.")
                .param("zone", Type.STRING, "Such as Asia/Tokyo.")
                .example("local t, text = time.in_location(time.now(), \"Asia/Tokyo\")")
                .body(call ->
                        zone(call.text("zone"))
                                .map(zone -> zoned(call, zone))
                                .orElseGet(() ->
                                        Results.fail("there is no zone " + call.text("zone"))));
    }

    /// Judges how two points compare.
    private interface Judging {
        boolean holds(int order);
    }

    private static Function compared(String name, String doc, Judging judging) {
        return at(name).doc(doc)
                .param("other", Type.NUMBER, "The point to compare with.")
                .returns("yes", Type.BOOLEAN, "Whether it is so.")
                .example("time." + name + "(a, b)")
                .body(call ->
                        Results.bool(
                                judging.holds(
                                        Double.compare(
                                                call.number("time"), call.number("other")))));
    }

    private static Function stepped(String name, String doc, boolean nearest) {
        return at(name).doc(doc)
                .param("length", Type.ANY, "Seconds, or text such as 1h.")
                .returnsOrNil("time", Type.NUMBER, "Seconds since 1970, or nil.")
                .returnsOrNil("error", Type.STRING, "What is wrong with the length, or nil.")
                .example("time." + name + "(time.now(), \"1h\")")
                .body(call -> {
                    try {
                        var length = Durations.of(call.value("length"), "length");
                        if (!length.isPositive()) {
                            return Results.fail("the length must be positive");
                        }
                        return Results.number(stepped(instant(call, "time"), length, nearest));
                    } catch (CallFailure e) {
                        return Results.fail(String.valueOf(e.getMessage()));
                    }
                });
    }

    private static double stepped(Instant time, Duration length, boolean nearest) {
        var at =
                BigDecimal.valueOf(time.getEpochSecond())
                        .add(BigDecimal.valueOf(time.getNano(), 9))
                        .add(BEFORE_1970);
        var step =
                BigDecimal.valueOf(length.toSeconds())
                        .add(BigDecimal.valueOf(length.toNanosPart(), 9));
        var over = at.remainder(step);
        var down = at.subtract(over);
        boolean up = nearest && over.add(over).compareTo(step) >= 0;
        return (up ? down.add(step) : down).subtract(BEFORE_1970).doubleValue();
    }
}
