package dev.sloth.cli.config;

import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Span;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One setting, declared once.
///
/// @param key as in the file, such as `run.max_parallel`
/// @param standard the default, written as a user would
/// @param unit what a bare number means; empty when none
public record Setting(String key, Kind kind, String standard, String unit, String doc) {

    /// What a value may be.
    public sealed interface Kind {
        /// How the type is called in the documentation.
        String name();

        /// Whole numbers within these bounds.
        record Whole(long min, long max) implements Kind {
            @Override
            public String name() {
                return "integer";
            }
        }

        /// Bytes within these bounds: a number, or one with KiB, MiB or GiB behind it.
        record Bytes(long min, long max) implements Kind {
            @Override
            public String name() {
                return "bytes";
            }
        }

        /// A time within these bounds: seconds, or text such as `300ms` or `1h30m`.
        record Time(Duration min, Duration max) implements Kind {
            @Override
            public String name() {
                return "duration";
            }
        }

        /// One of these words.
        record Choice(List<String> words) implements Kind {
            public Choice {
                words = List.copyOf(words);
            }

            @Override
            public String name() {
                return String.join("|", words);
            }
        }

        /// A name of so many bytes at most.
        record Name(int max) implements Kind {
            @Override
            public String name() {
                return "name";
            }
        }

        /// An amount up to which something is kept; 0 and [#NONE] mean that there is no limit.
        record Limit(Kind amount) implements Kind {
            static final String NONE = "none";

            @Override
            public String name() {
                return amount.name() + "|" + NONE;
            }
        }
    }

    /// The environment variable that sets it.
    public String variable() {
        return "SLOTH_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /// The flag that sets it.
    public String flag() {
        var name = key.startsWith("run.") ? key.substring("run.".length()) : key;
        return "--" + name.replace('.', '-').replace('_', '-');
    }

    /// What is wrong with a value, if anything.
    Optional<Problem> fault(String value, Span at) {
        try {
            parse(value);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(
                    new Problem(
                            "SLOTH-9011",
                            "%s cannot be '%s': %s".formatted(key, value, e.getMessage()),
                            at,
                            "the default is " + standard));
        }
    }

    private void parse(String value) {
        parse(kind, value);
    }

    private static void parse(Kind kind, String value) {
        switch (kind) {
            case Kind.Whole whole -> within(Amounts.whole(value), whole.min(), whole.max());
            case Kind.Bytes bytes -> within(Amounts.bytes(value), bytes.min(), bytes.max());
            case Kind.Time time -> within(Amounts.time(value), time.min(), time.max());
            case Kind.Choice choice -> among(value, choice.words());
            case Kind.Name name -> named(value, name.max());
            case Kind.Limit limit -> {
                if (!value.equals(Kind.Limit.NONE)) {
                    parse(limit.amount(), value);
                }
            }
        }
    }

    private static <T extends Comparable<T>> void within(T value, T min, T max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    "it must be between " + shown(min) + " and " + shown(max));
        }
    }

    private static String shown(Object bound) {
        return bound instanceof Duration time ? Amounts.text(time) : bound.toString();
    }

    private static void named(String value, int max) {
        if (value.isBlank() || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("it must be a name, without control characters");
        }
        if (value.getBytes(StandardCharsets.UTF_8).length > max) {
            throw new IllegalArgumentException("it must have at most " + max + " bytes");
        }
    }

    private static void among(String value, List<String> words) {
        if (!words.contains(value)) {
            throw new IllegalArgumentException("it must be one of " + String.join(", ", words));
        }
    }
}
