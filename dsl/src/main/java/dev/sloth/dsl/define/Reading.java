package dev.sloth.dsl.define;

import dev.sloth.api.secret.SecretUse;
import dev.sloth.api.value.Data;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Condition;
import dev.sloth.api.workflow.FunctionRef;
import dev.sloth.api.workflow.Nearest;
import dev.sloth.dsl.bind.Durations;
import dev.sloth.lua.value.LuaNumbers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Reads what was given to one field as what the field wants.
final class Reading {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    private final Given given;
    private final List<Misfit> noted = new ArrayList<>();

    Reading(Given given) {
        this.given = given;
    }

    Given given() {
        return given;
    }

    Value value() {
        return given.value();
    }

    /// The value after the first, if any.
    Value second() {
        return given.values().size() > 1 ? given.values().get(1) : Value.Nil.NIL;
    }

    // ---- refusals

    /// Keeps something that is wrong, so that the rest can be looked at as well.
    void note(Misfit misfit) {
        noted.add(misfit);
    }

    /// What was wrong, in the order in which it was found.
    List<Misfit> noted() {
        return noted;
    }

    /// An option out of a table; what is wrong with it is noted, and does not keep from reading on.
    <T> T option(Map<String, Value> options, String name, T otherwise, Function<Value, T> reader) {
        var value = options.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            return reader.apply(value);
        } catch (Misfit misfit) {
            note(misfit.in(name));
            return otherwise;
        }
    }

    Misfit wrong(String wanted) {
        return wrong(wanted, value());
    }

    static Misfit wrong(String wanted, Value value) {
        return new Misfit(Code.TYPE, "must be " + wanted + ", not " + kind(value), "");
    }

    static Misfit cannot(String message, String remedy) {
        return new Misfit(Code.VALUE, message, remedy);
    }

    /// A value's type for people, such as `a table` or `nothing (nil)`.
    static String kind(Value value) {
        return switch (value) {
            case Value.Nil _ -> "nil";
            case Value.Handle handle -> "a " + handle.typeName();
            case Value.Bool _, Value.Num _, Text _, Value.Table _, Value.Callable _ ->
                    "a " + value.type();
        };
    }

    // ---- plain values

    String text() {
        return text(value(), "a string");
    }

    static String text(Value value, String wanted) {
        return switch (value) {
            case Text text -> text.toString();
            case Value.Num number -> LuaNumbers.format(number.value());
            case Value.Nil _, Value.Bool _, Value.Table _, Value.Callable _, Value.Handle _ ->
                    throw wrong(wanted, value);
        };
    }

    /// Text that is not blank.
    String line() {
        String text = text();
        if (text.isBlank()) {
            throw cannot("must not be empty", "");
        }
        return text;
    }

    /// True also when nothing is given: `exclusive()`.
    boolean flag() {
        if (given.values().isEmpty()) {
            return true;
        }
        if (value() instanceof Value.Bool bool) {
            return bool.truthy();
        }
        throw wrong("true or false");
    }

    long whole(long least, long most) {
        return whole(value(), least, most);
    }

    static long whole(Value value, long least, long most) {
        if (!(value instanceof Value.Num number)) {
            throw wrong("a whole number", value);
        }
        if (!number.whole() || number.value() < least || number.value() > most) {
            throw cannot(
                    "must be a whole number from %d to %d, not %s"
                            .formatted(least, most, LuaNumbers.format(number.value())),
                    "");
        }
        return (long) number.value();
    }

    double number(double least, double most) {
        return number(value(), least, most);
    }

    static double number(Value value, double least, double most) {
        if (!(value instanceof Value.Num number)) {
            throw wrong("a number", value);
        }
        if (!(number.value() >= least && number.value() <= most)) {
            throw cannot(
                    "must be from %s to %s, not %s"
                            .formatted(
                                    LuaNumbers.format(least),
                                    LuaNumbers.format(most),
                                    LuaNumbers.format(number.value())),
                    "");
        }
        return number.value();
    }

    Duration duration() {
        return duration(value());
    }

    static Duration duration(Value value) {
        try {
            return Durations.of(value);
        } catch (IllegalArgumentException e) {
            throw new Misfit(Code.DURATION, "is not right: " + e.getMessage(), "");
        }
    }

    /// A duration above zero that is not longer than `most`.
    Duration duration(Duration most) {
        var read = duration();
        if (!read.isPositive() || read.compareTo(most) > 0) {
            throw new Misfit(
                    Code.DURATION, "must be above 0 and at most " + most.toDays() + " days", "");
        }
        return read;
    }

    /// One of the words of an enum, in lower case.
    static <E extends Enum<E>> E word(Value value, Class<E> words) {
        var known =
                java.util.Arrays.stream(words.getEnumConstants())
                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                        .toList();
        String given = text(value, "one of " + String.join(", ", known));
        int at = known.indexOf(given.toLowerCase(Locale.ROOT));
        if (at < 0) {
            throw cannot(
                    "must be one of %s, not \"%s\"%s"
                            .formatted(String.join(", ", known), given, Nearest.hint(given, known)),
                    "");
        }
        return words.getEnumConstants()[at];
    }

    static Misfit unknown(String what, String name, Collection<String> known) {
        return new Misfit(
                Code.FIELD,
                "has no %s '%s'%s".formatted(what, name, Nearest.hint(name, known)),
                "Known are " + String.join(", ", known) + ".");
    }

    // ---- tables

    Value.Table table() {
        if (value() instanceof Value.Table table) {
            return table;
        }
        throw wrong("a table");
    }

    Value data() {
        return data(value());
    }

    private Value data(Value value) {
        try {
            return Data.copyOf(value, given.field());
        } catch (IllegalArgumentException e) {
            throw cannot("must be plain data: " + e.getMessage(), "");
        }
    }

    Value.Table dataTable() {
        var _ = table();
        return data() instanceof Value.Table copy ? copy : table();
    }

    /// Fields of a table by name; those that are not known are noted.
    Map<String, Value> fields(Value.Table table, Collection<String> known) {
        var all = new LinkedHashMap<String, Value>();
        for (var entry : table.entries()) {
            if (!(entry.key() instanceof Text key) || !known.contains(key.toString())) {
                String name = Definitions.name(entry.key());
                note(unknown("field", name, known));
            } else {
                all.put(key.toString(), entry.value());
            }
        }
        return all;
    }

    /// Names of environment variables with texts.
    Map<String, String> texts() {
        var all = new LinkedHashMap<String, String>();
        for (Value each : given.values()) {
            if (!(each instanceof Value.Table table)) {
                throw wrong("a table of names and strings", each);
            }
            for (var entry : table.entries()) {
                if (!(entry.key() instanceof Text key)) {
                    throw cannot("must have names as keys, such as { PATH = \"/bin\" }", "");
                }
                String name = key.toString();
                if (!VARIABLE.matcher(name).matches()) {
                    throw cannot(
                            "has the name \"" + name + "\", which no variable can have",
                            "Names are of letters, digits and _ . - and begin with a letter or _.");
                }
                if (secret(entry.value()).isEmpty()) {
                    all.put(name, environmentText(name, entry.value()));
                }
            }
        }
        return all;
    }

    /// Names of environment variables with the secrets that they are to hold.
    Map<String, String> secretTexts() {
        var all = new LinkedHashMap<String, String>();
        for (Value each : given.values()) {
            if (each instanceof Value.Table table) {
                for (var entry : table.entries()) {
                    secret(entry.value())
                            .ifPresent(use -> all.put(Definitions.name(entry.key()), use.name()));
                }
            }
        }
        return all;
    }

    private static Optional<SecretUse> secret(Value value) {
        return value instanceof Value.Handle(_, var target) && target instanceof SecretUse use
                ? Optional.of(use)
                : Optional.empty();
    }

    private static String environmentText(String name, Value value) {
        String text =
                value instanceof Value.Bool bool
                        ? Boolean.toString(bool.truthy())
                        : text(value, "a string for '" + name + "'");
        if (text.indexOf(0) >= 0) {
            throw cannot(
                    "has a zero byte in the value of '" + name + "', which no variable can hold",
                    "Write such data to a file.");
        }
        return text;
    }

    /// Paths and globs of files below a folder.
    ///
    /// @param folder what people call it
    List<String> globs(String folder) {
        var globs = words();
        for (String glob : globs) {
            String plain = glob.startsWith("./") ? glob.substring(2) : glob;
            if (plain.isEmpty() || plain.startsWith("/") || (plain + "/").contains("../")) {
                note(
                        cannot(
                                "has \"%s\", which leads out of %s".formatted(glob, folder),
                                "Name files below %s, such as \"build/*.jar\".".formatted(folder)));
            }
        }
        return globs;
    }

    /// One or several words: strings, tasks by their names, lists of both, one after the other.
    List<String> words() {
        var all = new ArrayList<String>();
        for (Value each : given.values()) {
            if (each instanceof Value.Table list) {
                for (var entry : list.entries()) {
                    if (!(entry.key() instanceof Value.Num)) {
                        throw cannot("must be a list, such as { \"a\", \"b\" }", "");
                    }
                    all.add(word(entry.value()));
                }
            } else {
                all.add(word(each));
            }
        }
        if (given.values().isEmpty()) {
            throw wrong("a string or a list of strings");
        }
        return all.stream().distinct().toList();
    }

    private static String word(Value value) {
        if (value instanceof Value.Handle handle && handle.target() instanceof Draft draft) {
            return draft.name();
        }
        if (value instanceof Text text) {
            if (text.toString().isBlank()) {
                throw cannot("must not hold an empty string", "");
            }
            return text.toString();
        }
        throw wrong("a string or a list of strings", value);
    }

    // ---- functions

    FunctionRef function() {
        if (value() instanceof Value.Callable) {
            return new FunctionRef(given.path());
        }
        throw wrong("a function");
    }

    /// A condition: a function, a shell line, or what is known already.
    Condition condition() {
        return switch (value()) {
            case Value.Callable _ -> new Condition.Call(function());
            case Value.Bool bool -> new Condition.Fixed(bool.truthy());
            case Text _ -> Conditions.of(line());
            case Value.Nil _, Value.Num _, Value.Table _, Value.Handle _ ->
                    throw wrong("a function, a shell command or a boolean");
        };
    }

    static Optional<Draft> draft(Value value) {
        return value instanceof Value.Handle handle && handle.target() instanceof Draft draft
                ? Optional.of(draft)
                : Optional.empty();
    }
}
