package dev.sloth.plugins.notifications;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Durations;
import dev.sloth.plugins.value.Lists;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The fields that a script gave for one message.
///
/// @param allowance what pays for copies of them
record Fields(Value.Table table, Allowance allowance) {
    /// @throws CallFailure when there are others than these, or one that is needed is missing
    static Fields of(Value.Table table, List<Parameter> known, Allowance allowance) {
        Set<String> names = known.stream().map(Parameter::name).collect(Collectors.toSet());
        for (var entry : table.entries()) {
            if (!(entry.key() instanceof Text key) || !names.contains(key.toString())) {
                throw new CallFailure(
                        "there is no such field: %s; known are %s"
                                .formatted(
                                        entry.key() instanceof Text ? entry.key() : "a number",
                                        String.join(", ", names.stream().sorted().toList())));
            }
        }
        var fields = new Fields(table, allowance);
        for (var parameter : known) {
            if (!parameter.optional()) {
                var _ = fields.needed(parameter.name());
            }
        }
        return fields;
    }

    boolean given(String name) {
        return table.at(name) != Value.Nil.NIL;
    }

    String text(String name) {
        return given(name) ? Lists.text(table.at(name), name) : "";
    }

    String text(String name, String otherwise) {
        return given(name) ? text(name) : otherwise;
    }

    String needed(String name) {
        var text = given(name) && table.at(name) instanceof Value.Table ? "table" : text(name);
        if (text.isBlank()) {
            throw new CallFailure("field '" + name + "' is missing");
        }
        return text;
    }

    /// A text that goes into a header.
    String line(String name, String otherwise) {
        return oneLine(text(name, otherwise), name);
    }

    /// @throws CallFailure when it holds what would end a header and begin another
    static String oneLine(String text, String name) {
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new CallFailure(name + " must be one line without control characters");
        }
        return text;
    }

    boolean flag(String name) {
        return table.at(name).truthy();
    }

    long integer(String name, long otherwise) {
        if (!given(name)) {
            return otherwise;
        }
        if (table.at(name) instanceof Value.Num n && n.whole()) {
            return (long) n.value();
        }
        throw new CallFailure(name + " is a whole number");
    }

    Duration duration(String name, Duration otherwise) {
        if (!given(name)) {
            return otherwise;
        }
        var length = Durations.waiting(table.at(name), name);
        if (!length.isPositive()) {
            throw new CallFailure(name + " must be positive");
        }
        return length;
    }

    /// A text, or a list of them.
    List<String> texts(String name) {
        return switch (table.at(name)) {
            case Value.Nil _ -> List.of();
            case Value.Table list -> Lists.texts(list, name, allowance);
            case Value one -> List.of(Lists.text(one, name));
        };
    }

    Value.Table tableAt(String name) {
        if (table.at(name) instanceof Value.Table inner) {
            return inner;
        }
        throw new CallFailure(name + " is a table");
    }
}
