package dev.sloth.core.schedule;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Reads the fields of a schedule, and finds everything that is wrong with them at once.
final class RulesReader {
    static final String CRON = "cron";
    static final String EVERY = "every";
    static final String AT = "at";
    static final String FROM = "from";
    static final String ZONE = "zone";
    static final String EXCLUDE = "exclude";
    static final String MISSED = "missed";
    static final String OVERLAP = "overlap";
    static final String GRACE = "grace";
    static final String DEADLINE = "deadline";
    static final String CATCH_UP_MAX = "catch_up_max";
    static final String QUEUE_MAX = "queue_max";
    static final String SPLAY = "splay";

    /// The code of an expression that has no time.
    static final String NEVER = "SLOTH-4402";

    /// The code of any other field that cannot be used.
    static final String FIELD = "SLOTH-4403";

    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Duration AGE_MAX = Duration.ofDays(3_660);
    private static final List<String> TRIGGERS = List.of(CRON, EVERY, AT);

    private final Map<String, List<String>> words;
    private final Instant now;
    private final ZoneId machine;
    private final List<Problem> problems = new ArrayList<>();

    RulesReader(Map<String, List<String>> words, Instant now, ZoneId machine) {
        this.words = words;
        this.now = now;
        this.machine = machine;
    }

    Rules read() {
        var zone = zone();
        var trigger = trigger(zone.orElse(machine));
        var calendar = look(() -> Calendar.parse(words.getOrDefault(EXCLUDE, List.of())));
        var policy = policy();
        var splay = duration(SPLAY, Duration.ZERO, Duration.ZERO, Rules.SPLAY_MAX);
        if (!problems.isEmpty()) {
            throw new Problems(problems);
        }
        var timing = new Timing(trigger.orElseThrow(), zone.orElseThrow(), calendar.orElseThrow());
        checkThatItFires(timing);
        return new Rules(timing, policy, splay);
    }

    private void checkThatItFires(Timing timing) {
        boolean once = timing.trigger() instanceof Trigger.Once;
        var from = once ? now.minus(AGE_MAX) : now;
        if (timing.next(from).isPresent()) {
            return;
        }
        if (timing.trigger().next(from, timing.zone()).isPresent()) {
            throw never(timing, "every one of its days is left out", "leave out fewer days");
        }
        if (once) {
            throw never(timing, "its time has passed", "give a time to come, such as +10m");
        }
        if (timing.trigger().next(Instant.EPOCH, timing.zone()).isPresent()) {
            throw never(
                    timing,
                    "all of its times have passed",
                    "name a year to come, up to %d, or leave the years out"
                            .formatted(Cron.YEAR_MAX));
        }
        throw never(
                timing,
                "there is no such day",
                "look at day, month and year: 31 is no day of February, April, June, September and"
                        + " November, 29 one of February in leap years only; the last day is L");
    }

    private static Problems never(Timing timing, String why, String remedy) {
        var message = "'%s' never fires: %s".formatted(timing.trigger().text(), why);
        return new Problems(new Problem(NEVER, message, Span.NOWHERE, remedy));
    }

    // ---- the trigger

    private Optional<Trigger> trigger(ZoneId zone) {
        var given = TRIGGERS.stream().filter(words::containsKey).toList();
        if (given.size() != 1) {
            wrong(
                    given.isEmpty()
                            ? "nothing says when it fires"
                            : String.join(" and ", given) + " do not go together",
                    "give one of cron, every and at");
        }
        if (words.containsKey(FROM) && !words.containsKey(EVERY)) {
            wrong("from says nothing without every", "leave it out");
        }
        Optional<Trigger> cron =
                one(CRON).flatMap(text -> look(() -> new Trigger.OfCron(Cron.parse(text))));
        var every = one(EVERY).flatMap(text -> every(text, zone));
        var at = one(AT).flatMap(text -> at(AT, text, zone)).map(Trigger.Once::new);
        return cron.or(() -> every).or(() -> at);
    }

    private Optional<Trigger> every(String text, ZoneId zone) {
        int before = problems.size();
        var period =
                duration(EVERY, Duration.ZERO, Trigger.Every.PERIOD_MIN, Trigger.Every.PERIOD_MAX);
        var from =
                words.containsKey(FROM)
                        ? one(FROM).flatMap(when -> at(FROM, when, zone))
                        : Optional.of(now.truncatedTo(ChronoUnit.SECONDS));
        return problems.size() > before || text.isEmpty()
                ? Optional.empty()
                : from.map(first -> new Trigger.Every(period, first));
    }

    private Optional<Instant> at(String field, String text, ZoneId zone) {
        if (text.startsWith("+")) {
            var later = DurationText.parse(text.substring(1));
            if (later.isPresent()) {
                return later.map(now::plus);
            }
        }
        List<Supplier<Instant>> ways =
                List.of(
                        () -> OffsetDateTime.parse(text).toInstant(),
                        () -> LocalDateTime.parse(text).atZone(zone).toInstant());
        for (var way : ways) {
            var at = tried(way);
            if (at.isPresent()) {
                return at;
            }
        }
        if (isDate(text)) {
            wrong(
                    "%s cannot be '%s': a time of day is missing".formatted(field, text),
                    "write %sT18:00, say, for six in the evening".formatted(text));
            return Optional.empty();
        }
        wrong(
                "%s cannot be '%s'".formatted(field, text),
                "write 2026-12-24T18:00, 2026-12-24T18:00:00+01:00, or +10m for a time from now");
        return Optional.empty();
    }

    private static boolean isDate(String text) {
        return DATE.matcher(text).matches();
    }

    private static Optional<Instant> tried(Supplier<Instant> way) {
        try {
            return Optional.of(way.get())
                    .filter(at -> at.isBefore(CronTimes.LAST) && at.isAfter(Instant.EPOCH));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    // ---- the rest

    private Optional<ZoneId> zone() {
        if (!words.containsKey(ZONE)) {
            return Optional.of(machine);
        }
        var text = one(ZONE);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZoneId.of(text.get()));
        } catch (DateTimeException _) {
            var like =
                    ZoneId.getAvailableZoneIds().stream()
                            .filter(id -> id.toLowerCase(Locale.ROOT).contains(tail(text.get())))
                            .sorted()
                            .findFirst();
            wrong(
                    "there is no time zone '%s'".formatted(text.get()),
                    like.map(id -> "did you mean " + id + "?")
                            .orElse("write it as Europe/Berlin or UTC"));
            return Optional.empty();
        }
    }

    private static String tail(String zone) {
        return zone.substring(zone.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    /// Times that are made up for come all at once: by themselves they do not skip each other.
    private Policy policy() {
        var missed = choice(MISSED, Policy.Missed.values(), Policy.Missed.SKIP);
        var overlap = missed == Policy.Missed.ALL ? Policy.Overlap.QUEUE : Policy.Overlap.SKIP;
        return new Policy(
                missed,
                choice(OVERLAP, Policy.Overlap.values(), overlap),
                duration(GRACE, Policy.GRACE_DEFAULT, Duration.ZERO, Policy.GRACE_MAX),
                duration(DEADLINE, Duration.ZERO, Duration.ZERO, AGE_MAX),
                whole(CATCH_UP_MAX, Policy.CATCH_UP_DEFAULT),
                whole(QUEUE_MAX, Policy.QUEUE_DEFAULT));
    }

    static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    private <E extends Enum<E>> E choice(String field, E[] all, E otherwise) {
        var text = one(field);
        if (text.isEmpty()) {
            return otherwise;
        }
        for (var each : all) {
            if (word(each).equals(text.get())) {
                return each;
            }
        }
        var known = Arrays.stream(all).map(RulesReader::word).toList();
        wrong(
                "%s cannot be '%s'".formatted(field, text.get()),
                "it is one of " + String.join(", ", known));
        return otherwise;
    }

    private Duration duration(String field, Duration otherwise, Duration min, Duration max) {
        var text = one(field);
        if (text.isEmpty()) {
            return otherwise;
        }
        var read = DurationText.parse(text.get());
        if (read.isPresent() && read.get().compareTo(min) >= 0 && read.get().compareTo(max) <= 0) {
            return read.get();
        }
        wrong(
                "%s cannot be '%s'".formatted(field, text.get()),
                "write a duration from %s to %s, such as 90s or 1h30m"
                        .formatted(DurationText.of(min), DurationText.of(max)));
        return otherwise;
    }

    private int whole(String field, int otherwise) {
        var text = one(field);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (text.get().matches("\\d{1,6}")) {
            int value = Integer.parseInt(text.get());
            if (value >= 1 && value <= Policy.WAITING_MAX) {
                return value;
            }
        }
        wrong(
                "%s cannot be '%s'".formatted(field, text.get()),
                "it is a whole number from 1 to %d".formatted(Policy.WAITING_MAX));
        return otherwise;
    }

    /// The only word of a field.
    private Optional<String> one(String field) {
        var all = words.getOrDefault(field, List.of());
        if (all.size() > 1) {
            wrong("%s is given %d times".formatted(field, all.size()), "leave all but one out");
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast().strip());
    }

    private <T> Optional<T> look(Supplier<T> work) {
        try {
            return Optional.of(work.get());
        } catch (Problems e) {
            problems.addAll(e.list());
            return Optional.empty();
        }
    }

    private void wrong(String message, String remedy) {
        problems.add(new Problem(FIELD, message, Span.NOWHERE, remedy));
    }
}
