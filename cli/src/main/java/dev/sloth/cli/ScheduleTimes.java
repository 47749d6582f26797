package dev.sloth.cli;

import dev.sloth.core.schedule.Rules;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The options that say when, and times as people read them.
final class ScheduleTimes {
    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm:ss xxx", Locale.ENGLISH);

    /// Field to option and what it says.
    private static final List<List<String>> FIELDS =
            List.of(
                    List.of(
                            "cron",
                            "EXPR",
                            "Minute, hour, day of the month, month and day of the week; seconds"
                                    + " before and years behind them if wanted. Or @daily and such."),
                    List.of("every", "TIME", "An interval, such as 90s or 1h30m."),
                    List.of("at", "TIME", "Once: 2026-12-24T18:00, or +10m from now."),
                    List.of("from", "TIME", "When an interval begins; now unless said."),
                    List.of(
                            "zone",
                            "ZONE",
                            "The time zone, such as Europe/Berlin; that of the machine unless said."),
                    List.of(
                            "missed",
                            "skip|once|all",
                            "What becomes of times at which nothing served: nothing, one run for all"
                                    + " of them, or one for each; skip unless said."),
                    List.of(
                            "overlap",
                            "allow|skip|queue|cancel",
                            "What a time does while the last run goes on: runs beside it, is left"
                                    + " out, waits, or cancels it; skip unless said."),
                    List.of("grace", "TIME", "How late is still in time; 30s unless said."),
                    List.of("deadline", "TIME", "Later than this no run starts; 0 means never."),
                    List.of("catch-up-max", "N", "How many missed times are made up for; 100."),
                    List.of("queue-max", "N", "How many times may wait; 100 unless said."),
                    List.of(
                            "splay",
                            "TIME",
                            "Fires later than said by a part of this, another for each name."));

    private static final String EXCLUDE = "--exclude";

    private ScheduleTimes() {}

    static void addOptions(Spec spec) {
        for (var field : FIELDS) {
            spec.addOption(Specs.many(field.get(1), field.get(2), "--" + field.get(0)));
        }
        spec.addOption(
                Specs.many(
                        "DAYS",
                        "Days that are left out: sat, 12-25, 2026-05-01,"
                                + " 2026-12-24..2027-01-02, with commas between them.",
                        EXCLUDE));
    }

    /// What was given, by field.
    static Map<String, List<String>> words(Given given) {
        var words = new LinkedHashMap<String, List<String>>();
        for (var field : FIELDS) {
            var option = "--" + field.get(0);
            if (given.has(option)) {
                words.put(field.get(0).replace('-', '_'), given.many(option));
            }
        }
        if (given.has(EXCLUDE)) {
            words.put("exclude", given.many(EXCLUDE));
        }
        return words;
    }

    /// Whether the options name times, and do not just say more about them.
    static boolean saysWhen(Given given) {
        return given.has("--cron") || given.has("--every") || given.has("--at");
    }

    /// In the time zone of a schedule.
    static String shown(Instant at, Rules rules) {
        return SHOWN.format(at.atZone(rules.timing().zone()));
    }
}
