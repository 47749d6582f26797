package dev.sloth.plugins.event;

import dev.sloth.api.event.HookWish;
import dev.sloth.api.event.HookWish.Power;
import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Durations;
import dev.sloth.plugins.value.Shown;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a script says of a hook that it wants.
///
/// @param said gives what is said of something, or nil
record WishedHook(Said said) {
    private static final String TYPES = "types";
    private static final String EVENT_TYPES = "event_types";

    /// What can be said of a hook beside its name, its file and its types.
    private static final Set<String> OPTIONS =
            Set.of("name", "when", "description", "timeout", "attempts", "enabled", "replace");

    /// Gives what is said of something, or nil.
    @FunctionalInterface
    interface Said {
        Value of(String name);
    }

    /// Declares what [#of] reads beside the name and the file.
    static Function.Builder options(Function.Builder function) {
        return function.optional(
                        TYPES,
                        Type.STRING_OR_TABLE,
                        "The types of events that it is told of, one or a list, such as"
                                + " `task.failed` or `run.*`; those that the file names as"
                                + " event_types if nil, or all.")
                .optional(EVENT_TYPES, Type.STRING_OR_TABLE, "The same.")
                .optional(
                        "when",
                        Type.STRING,
                        "Only events for which this Lua expression over `event` holds.")
                .optional("description", Type.STRING, "What it is for; as the file says if nil.")
                .optional("timeout", Type.DURATION, "How long one call may take; 30s unless said.")
                .optional(
                        "attempts",
                        Type.INTEGER,
                        "How often an event is tried before it is dead; %d unless said."
                                .formatted(HookWish.ATTEMPTS))
                .optional(
                        "enabled",
                        Type.BOOLEAN,
                        "Whether it is switched on. If nil, a new one is, and one that is there stays"
                                + " as it is.")
                .optional(
                        "replace",
                        Type.BOOLEAN,
                        "false: a hook of the name that has other settings is an error.");
    }

    /// Of `hook.add`.
    static HookWish of(Call call) {
        var wished = new WishedHook(call::value);
        if (call.given(TYPES) && call.given(EVENT_TYPES)) {
            throw new CallFailure("types and event_types are the same: give one of them");
        }
        var types = call.value(call.given(TYPES) ? TYPES : EVENT_TYPES);
        return wished.wish(Optional.of(call.text("name")), file(call), types);
    }

    /// Of `hook.on`.
    static HookWish onTypes(Call call) {
        var options = call.given("options") ? call.table("options") : new DataTable();
        for (var entry : options.entries()) {
            if (!OPTIONS.contains(entry.key().toString())) {
                throw new CallFailure(
                        "options are name, when, description, timeout, attempts, enabled and replace,"
                                + " not "
                                + Shown.excerpt(entry.key()));
            }
        }
        var wished = new WishedHook(options::at);
        var name =
                wished.given("name")
                        ? Optional.of(wished.text("name", ""))
                        : Optional.<String>empty();
        return wished.wish(name, file(call), call.value(TYPES));
    }

    private static Path file(Call call) {
        if (call.value("file") instanceof Value.Callable) {
            throw new CallFailure(
                    "a hook outlives the script that adds it, so it cannot be a function of it: put"
                            + " on_event(event) into a file, and give its path");
        }
        return call.host().project().resolve(call.text("file")).normalize();
    }

    private HookWish wish(Optional<String> name, Path file, Value types) {
        return new HookWish(
                name,
                file,
                types(types),
                text("when", ""),
                text("description", ""),
                power(),
                timeout(),
                attempts(),
                flag("replace", true));
    }

    private static List<String> types(Value given) {
        return switch (given) {
            case Value.Nil _ -> List.of();
            case Text word -> List.of(word.toString());
            case Value.Table table -> {
                var types = new ArrayList<String>();
                for (var entry : table.entries()) {
                    if (!(entry.value() instanceof Text type)) {
                        throw wrong(TYPES, "a word or a list of words", entry.value());
                    }
                    types.add(type.toString());
                }
                yield types;
            }
            case Value.Bool _, Value.Num _, Value.Callable _, Value.Handle _ ->
                    throw wrong(TYPES, "a word or a list of words", given);
        };
    }

    private static CallFailure wrong(String name, String what, Value given) {
        return new CallFailure("%s is %s, not %s".formatted(name, what, Shown.excerpt(given)));
    }

    private boolean given(String name) {
        return said.of(name) != Value.Nil.NIL;
    }

    private String text(String name, String otherwise) {
        if (!given(name)) {
            return otherwise;
        }
        if (said.of(name) instanceof Text text) {
            return text.toString();
        }
        throw wrong(name, "text", said.of(name));
    }

    private boolean flag(String name, boolean otherwise) {
        if (!given(name)) {
            return otherwise;
        }
        if (said.of(name) instanceof Value.Bool bool) {
            return bool.truthy();
        }
        throw wrong(name, "true or false", said.of(name));
    }

    private Power power() {
        if (!given("enabled")) {
            return Power.AS_IT_IS;
        }
        return flag("enabled", true) ? Power.ON : Power.OFF;
    }

    private Duration timeout() {
        return given("timeout")
                ? Durations.waiting(said.of("timeout"), "timeout")
                : HookWish.TIMEOUT;
    }

    private int attempts() {
        if (!given("attempts")) {
            return HookWish.ATTEMPTS;
        }
        if (said.of("attempts") instanceof Value.Num number
                && number.whole()
                && Math.abs(number.value()) <= Integer.MAX_VALUE) {
            return (int) number.value();
        }
        throw wrong("attempts", "a whole number", said.of("attempts"));
    }
}
