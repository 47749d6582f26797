package dev.sloth.core.schedule;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads cron expressions, and finds everything that is wrong with one at once.
final class CronText {
    /// The code of an expression that cannot be read.
    static final String CODE = "SLOTH-4401";

    static final int LENGTH_MAX = 500;

    private static final Pattern WORD = Pattern.compile("\\S+");

    private static final Map<String, String> ALIASES =
            Map.of(
                    "@yearly", "0 0 1 1 *",
                    "@annually", "0 0 1 1 *",
                    "@monthly", "0 0 1 * *",
                    "@weekly", "0 0 * * 0",
                    "@daily", "0 0 * * *",
                    "@midnight", "0 0 * * *",
                    "@hourly", "0 * * * *");

    private static final List<CronField> USUAL =
            List.of(
                    CronField.MINUTE,
                    CronField.HOUR,
                    CronField.DATE,
                    CronField.MONTH,
                    CronField.WEEK);

    private final String text;
    private final List<Problem> problems = new ArrayList<>();

    private CronText(String text) {
        this.text = text;
    }

    static Cron parse(String written) {
        var text = written.strip();
        if (text.length() > LENGTH_MAX) {
            throw wrong(
                    "the expression is longer than %d characters".formatted(LENGTH_MAX),
                    "make several schedules of it");
        }
        if (text.startsWith("@")) {
            var meant = ALIASES.get(text.toLowerCase(Locale.ROOT));
            if (meant == null) {
                throw alias(text);
            }
            return new CronText(text).read(meant);
        }
        return new CronText(text).read(text);
    }

    private static Problems alias(String text) {
        var word = text.toLowerCase(Locale.ROOT);
        var remedy = "known are @yearly, @monthly, @weekly, @daily and @hourly";
        if (word.startsWith("@every")) {
            remedy = "an interval is no cron expression: give it as such, for example 5m";
        } else if (word.equals("@reboot")) {
            remedy = "a schedule knows times only, no starts of machines; " + remedy;
        }
        return wrong("there is no '" + text + "'", remedy);
    }

    private static Problems wrong(String message, String remedy) {
        return new Problems(new Problem(CODE, message, Span.NOWHERE, remedy));
    }

    /// One field as it is written.
    ///
    /// @param column of its first character, from 1
    record Part(CronField field, String text, int number, int column) {
        Problem wrong(String what, String remedy) {
            return new Problem(
                    CODE,
                    "the %s '%s' (field %d, column %d) %s"
                            .formatted(field.word(), text, number, column, what),
                    Span.NOWHERE,
                    remedy.isEmpty() ? "write " + field.wanted() : remedy);
        }
    }

    private Cron read(String fields) {
        var parts = parts(fields);
        var sets = new java.util.EnumMap<CronField, BitSet>(CronField.class);
        var dates = new CronDays();
        for (var part : parts) {
            switch (part.field()) {
                case DATE -> dates.dates(part, problems);
                case WEEK -> dates.week(part, problems);
                case SECOND, MINUTE, HOUR, MONTH, YEAR ->
                        sets.put(part.field(), new CronSet(part, problems).read());
            }
        }
        if (!problems.isEmpty()) {
            throw new Problems(problems);
        }
        return new Cron(
                text,
                sets.computeIfAbsent(CronField.SECOND, _ -> only(0)),
                set(sets, CronField.MINUTE),
                set(sets, CronField.HOUR),
                dates.days(),
                set(sets, CronField.MONTH),
                sets.computeIfAbsent(CronField.YEAR, f -> CronSet.range(f.min(), f.max(), 1)));
    }

    private static BitSet set(Map<CronField, BitSet> sets, CronField field) {
        var set = sets.get(field);
        if (set == null) {
            throw new IllegalStateException("no " + field);
        }
        return set;
    }

    private static BitSet only(int bit) {
        return CronSet.range(bit, bit, 1);
    }

    private static List<Part> parts(String fields) {
        var words = WORD.matcher(fields).results().toList();
        var known = new ArrayList<>(USUAL);
        if (words.size() > USUAL.size()) {
            known.addFirst(CronField.SECOND);
        }
        if (words.size() > known.size()) {
            known.add(CronField.YEAR);
        }
        if (words.size() != known.size()) {
            throw wrong(
                    "'%s' has %d fields".formatted(fields, words.size()),
                    "write minute, hour, day of the month, month and day of the week, such as"
                            + " `30 2 * * *`; with seconds before them and years behind them if"
                            + " wanted");
        }
        var parts = new ArrayList<Part>();
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            parts.add(
                    new Part(
                            known.get(i),
                            word.group().toUpperCase(Locale.ROOT),
                            i + 1,
                            word.start() + 1));
        }
        return parts;
    }
}
