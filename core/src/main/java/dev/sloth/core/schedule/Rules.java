package dev.sloth.core.schedule;

import dev.sloth.api.workflow.Problems;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All that a schedule says of its times.
///
/// @param splayMax how much later than its instants it may fire at most, so that many schedules of
///   one time do not all begin at once; each has its own share of that
public record Rules(Timing timing, Policy policy, Duration splayMax) {
    public static final Duration SPLAY_MAX = Duration.ofHours(24);

    /// Reads rules from words by the names of their fields; fields of other names are left to
    /// others.
    ///
    /// @param now from when an interval counts, and before when nothing can be asked for
    /// @param zone unless the words name one
    /// @throws Problems with everything that is wrong with them
    public static Rules read(Map<String, List<String>> words, Instant now, ZoneId zone) {
        return new RulesReader(words, now, zone).read();
    }

    /// As [#read] reads them, with nothing left to be guessed.
    public Map<String, List<String>> words() {
        var words = new LinkedHashMap<String, List<String>>();
        switch (timing.trigger()) {
            case Trigger.OfCron(var cron) -> words.put(RulesReader.CRON, List.of(cron.text()));
            case Trigger.Every(var period, var from) -> {
                words.put(RulesReader.EVERY, List.of(DurationText.of(period)));
                words.put(RulesReader.FROM, List.of(from.toString()));
            }
            case Trigger.Once(var at) -> words.put(RulesReader.AT, List.of(at.toString()));
        }
        words.put(RulesReader.ZONE, List.of(timing.zone().getId()));
        if (!timing.calendar().exclusions().isEmpty()) {
            words.put(RulesReader.EXCLUDE, timing.calendar().words());
        }
        words.put(RulesReader.MISSED, List.of(RulesReader.word(policy.missed())));
        words.put(RulesReader.OVERLAP, List.of(RulesReader.word(policy.overlap())));
        words.put(RulesReader.GRACE, List.of(DurationText.of(policy.grace())));
        words.put(RulesReader.DEADLINE, List.of(DurationText.of(policy.deadline())));
        words.put(RulesReader.CATCH_UP_MAX, List.of("" + policy.catchUpMax()));
        words.put(RulesReader.QUEUE_MAX, List.of("" + policy.queueMax()));
        words.put(RulesReader.SPLAY, List.of(DurationText.of(splayMax)));
        return words;
    }

    /// The trigger in a few words, for people.
    public String trigger() {
        return switch (timing.trigger()) {
            case Trigger.OfCron(var cron) -> "cron " + cron.text();
            case Trigger.Every(var period, _) -> "every " + DurationText.of(period);
            case Trigger.Once(var at) -> "at " + at;
        };
    }

    /// How much later than its instants a schedule fires: the same at each, and another for each
    /// name.
    public Duration splay(String name) {
        long millis = splayMax.toMillis();
        return millis == 0
                ? Duration.ZERO
                : Duration.ofMillis(Math.floorMod(spread(name.hashCode()), millis));
    }

    /// Hashes of names that are alike are near each other; these are not.
    private static long spread(int hash) {
        long mixed = hash * 0x9E37_79B9_7F4A_7C15L;
        return mixed ^ (mixed >>> 32);
    }

    boolean tooLate(Instant at, Instant now) {
        return policy.deadline().isPositive()
                && Planner.lateness(at, now).compareTo(policy.deadline()) > 0;
    }
}
