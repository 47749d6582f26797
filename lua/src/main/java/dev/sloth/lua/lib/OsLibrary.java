package dev.sloth.lua.lib;

import dev.sloth.lua.value.Args;
import dev.sloth.lua.value.Grants;
import dev.sloth.lua.value.HostProcesses;
import dev.sloth.lua.value.LuaExit;
import dev.sloth.lua.value.LuaNumbers;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaTable;
import dev.sloth.lua.value.LuaValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Set;

/// The `os` table: telling the time is for everyone, the rest is granted by name.
final class OsLibrary {
    private static final double NANOS_PER_SECOND = 1e9;

    private static final Set<String> CATEGORIES =
            Set.of("all", "collate", "ctype", "monetary", "numeric", "time");

    private OsLibrary() {}

    static void open(LuaState s) {
        Shelf.library(s, "os", 12)
                .add("clock", (z, _) -> clock(z))
                .add("date", OsLibrary::date)
                .add("difftime", OsLibrary::difference)
                .add("time", OsLibrary::time);
    }

    /// Of times in whole seconds, which is what C's are.
    private static double difference(LuaState s, Args args) {
        return seconds(args.number(1)) - seconds(args.optNumber(2, 0));
    }

    private static double seconds(double time) {
        return time < 0 ? Math.ceil(time) : Math.floor(time);
    }

    static void grant(LuaState s, Grants grants) {
        Shelf.library(s, "os", 12)
                .granted(grants, "os.execute", OsLibrary::execute)
                .granted(grants, "os.exit", OsLibrary::exit)
                .granted(grants, "os.getenv", OsLibrary::variable)
                .granted(grants, "os.remove", OsLibrary::remove)
                .granted(grants, "os.rename", OsLibrary::rename)
                .granted(grants, "os.setlocale", OsLibrary::locale)
                .granted(grants, "os.tmpname", OsLibrary::temporaryName);
    }

    private static Surroundings around(LuaState s) {
        return Own.of(s).around();
    }

    private static double clock(LuaState s) {
        s.looksOutside();
        return around(s)
                .cpuNanos()
                .map(cpu -> cpu.getAsLong() / NANOS_PER_SECOND)
                .orElseGet(() -> sinceOpened(Own.of(s)));
    }

    private static double sinceOpened(Own own) {
        Duration since = Duration.between(own.opened(), own.around().time().instant());
        return since.getSeconds() + since.getNano() / NANOS_PER_SECOND;
    }

    private static double date(LuaState s, Args args) {
        s.looksOutside();
        LuaString format = args.optString(1, LuaString.of("%c"));
        Instant at =
                args.isNil(2)
                        ? around(s).time().instant()
                        : Instant.ofEpochSecond(seconds(s, args));
        boolean utc = format.length() > 0 && format.at(0) == '!';
        ZoneId zone = utc ? ZoneOffset.UTC : around(s).zone();
        LuaString asked = utc ? format.slice(1, format.length()) : format;
        ZonedDateTime when = at.atZone(zone);
        if (asked.length() >= 2 && asked.at(0) == '*' && asked.at(1) == 't') {
            return s.ret(table(s, when));
        }
        ByteBuilder out = new ByteBuilder(s, 64);
        DateFormat.append(out, asked, when);
        return s.ret(out.toLuaString());
    }

    private static long seconds(LuaState s, Args args) {
        long seconds = args.integer(2);
        long most = Instant.MAX.getEpochSecond() / 2;
        if (seconds > most || seconds < -most) {
            throw s.error("date result cannot be represented in this installation");
        }
        return seconds;
    }

    private static LuaTable table(LuaState s, ZonedDateTime when) {
        boolean summer = when.getZone().getRules().isDaylightSavings(when.toInstant());
        return Shelf.of(s, 9)
                .set("sec", when.getSecond())
                .set("min", when.getMinute())
                .set("hour", when.getHour())
                .set("day", when.getDayOfMonth())
                .set("month", when.getMonthValue())
                .set("year", when.getYear())
                .set("wday", when.getDayOfWeek().getValue() % 7 + 1)
                .set("yday", when.getDayOfYear())
                .set("isdst", summer)
                .table();
    }

    private static double time(LuaState s, Args args) {
        s.looksOutside();
        if (args.isNil(1)) {
            return around(s).time().instant().getEpochSecond();
        }
        LuaTable table = args.table(1);
        long day = field(s, table, "day");
        long month = field(s, table, "month");
        long year = field(s, table, "year");
        try {
            LocalDateTime local =
                    LocalDateTime.of(Math.toIntExact(year), 1, 1, 0, 0)
                            .plusMonths(month - 1)
                            .plusDays(day - 1)
                            .plusHours(field(s, table, "hour", 12))
                            .plusMinutes(field(s, table, "min", 0))
                            .plusSeconds(field(s, table, "sec", 0));
            return local.atZone(around(s).zone()).toEpochSecond();
        } catch (DateTimeException | ArithmeticException _) {
            // as C's mktime says it of a year that it cannot hold
            return s.nil();
        }
    }

    private static long field(LuaState s, LuaTable table, String name) {
        double d = table.getString(s, LuaString.of(name));
        double number = LuaValues.isNumber(d) ? d : LuaNumbers.coerce(d, s.out);
        if (!LuaValues.isNumber(number)) {
            throw s.error("field '" + name + "' missing in date table");
        }
        return (long) number;
    }

    private static long field(LuaState s, LuaTable table, String name, long absent) {
        double d = table.getString(s, LuaString.of(name));
        double number = LuaValues.isNumber(d) ? d : LuaNumbers.coerce(d, s.out);
        return LuaValues.isNumber(number) ? (long) number : absent;
    }

    private static double execute(LuaState s, Args args) {
        s.looksOutside();
        if (around(s).processes().isEmpty()) {
            return Outcomes.failed(s, "not supported", 0);
        }
        HostProcesses processes = around(s).processes().get();
        if (args.isNil(1)) {
            return 1;
        }
        String command = args.string(1).toString();
        return Outcomes.of(s, "", () -> Outcomes.outside(s, () -> processes.execute(command)));
    }

    private static double exit(LuaState s, Args args) {
        if (args.o(1) instanceof Boolean success) {
            throw new LuaExit(success ? 0 : 1);
        }
        throw new LuaExit((int) args.optInteger(1, 0));
    }

    private static double variable(LuaState s, Args args) {
        s.looksOutside();
        Optional<String> value = around(s).environment().apply(args.string(1).toString());
        return value.map(s::ret).orElseGet(s::nil);
    }

    private static double remove(LuaState s, Args args) {
        s.looksOutside();
        String name = args.string(1).toString();
        return Outcomes.of(
                s,
                name,
                () -> {
                    Files.delete(Own.of(s).file(name));
                    return s.ret(true);
                });
    }

    private static double rename(LuaState s, Args args) {
        s.looksOutside();
        String from = args.string(1).toString();
        String to = args.string(2).toString();
        return Outcomes.of(
                s,
                from,
                () -> {
                    Files.move(
                            Own.of(s).file(from),
                            Own.of(s).file(to),
                            StandardCopyOption.REPLACE_EXISTING);
                    return s.ret(true);
                });
    }

    private static double locale(LuaState s, Args args) {
        String asked = args.optString(1, LuaString.of("C")).toString();
        String category = args.optString(2, LuaString.of("all")).toString();
        if (!CATEGORIES.contains(category)) {
            throw args.bad(2, "invalid option '" + category + "'");
        }
        boolean known = asked.isEmpty() || asked.equals("C") || asked.equals("POSIX");
        return known ? s.ret("C") : s.nil();
    }

    private static double temporaryName(LuaState s, Args args) {
        s.looksOutside();
        try {
            return s.ret(Files.createTempFile("lua_", "").toString());
        } catch (IOException _) {
            throw s.error("unable to generate a unique filename");
        }
    }
}
