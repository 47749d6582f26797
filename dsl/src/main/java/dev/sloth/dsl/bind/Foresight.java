package dev.sloth.dsl.bind;

import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a call will be refused for, as far as its arguments are known before it is made. Never says
/// more than the call itself would, but that further arguments are of no account.
public final class Foresight {
    private final Function function;
    private final List<Parameter> parameters;
    private final List<Argument> given;
    private final boolean more;
    private final List<Refusal> refusals = new ArrayList<>();

    private Foresight(Function function, List<Argument> given, boolean more) {
        this.function = function;
        this.parameters = function.parameters();
        this.given = given;
        this.more = more;
    }

    /// What is known of an argument.
    public sealed interface Argument {
        /// This value: nil, a boolean, a number or text.
        record Known(Value value) implements Argument {}

        /// Some value of a type, as Lua calls it.
        record OfType(String type) implements Argument {}

        /// A table with these fields, and with others unless it is complete. A field that is nil is
        /// none.
        ///
        /// @param items what stands in it without a name, from 1 on
        record Table(List<Field> fields, boolean complete, List<Argument> items)
                implements Argument {
            public Table {
                fields = fields.stream().filter(field -> !isNil(field.value())).toList();
                items = List.copyOf(items);
            }

            public Table(List<Field> fields, boolean complete) {
                this(fields, complete, List.of());
            }
        }

        /// Anything.
        record Unknown() implements Argument {}
    }

    /// A field of a table by its name.
    public record Field(String name, Argument value) {}

    /// What is wrong with a call.
    ///
    /// @param argument which one, from 0; as many as there are when one is missing
    /// @param item which table of the list that is the argument, from 1; 0 when it is about none
    /// @param field of the table that is the argument, or that item; empty when it is about all of
    ///   it
    public record Refusal(Kind kind, int argument, int item, String field, String reason) {}

    /// What can be wrong with a call.
    public enum Kind {
        /// An argument or a field is missing.
        MISSING,
        /// There are more arguments than parameters.
        FURTHER,
        TYPE,
        UNKNOWN_FIELD
    }

    /// Looks ahead at a call.
    ///
    /// @param more whether there may be arguments behind these
    public static List<Refusal> of(Function function, List<Argument> given, boolean more) {
        var foresight = new Foresight(function, given, more);
        foresight.look();
        return foresight.refusals;
    }

    private void look() {
        int last = given.size() - 1;
        if (!function.named() || last >= parameters.size()) {
            byPosition();
            return;
        }
        boolean fits = last >= 0 && Shapes.takesTable(parameters.get(last).type());
        if (more || (last >= 0 && isAnyTable(given.get(last), last == 0 && fits))) {
            return;
        }
        if (last >= 0
                && given.get(last) instanceof Argument.Table table
                && (!fits || (last == 0 && namesSome(table)))) {
            byName(table, last);
        } else {
            byPosition();
        }
    }

    /// Whether an argument may be a table whose fields are not known, so that it cannot be told how
    /// the others are taken.
    private static boolean isAnyTable(Argument argument, boolean either) {
        return switch (argument) {
            case Argument.Unknown _ -> true;
            case Argument.OfType(var type) -> type.equals("table");
            case Argument.Table table -> either && !table.complete();
            case Argument.Known _ -> false;
        };
    }

    private boolean namesSome(Argument.Table table) {
        return table.fields().stream()
                .anyMatch(field -> named(parameters, field.name()).isPresent());
    }

    // ---- by position

    private void byPosition() {
        for (int i = 0; i < parameters.size(); i++) {
            var parameter = parameters.get(i);
            if (i < given.size()) {
                judge(parameter, given.get(i), i);
            } else if (!more && !parameter.optional()) {
                refuse(Kind.MISSING, i, "", "the argument '" + parameter.name() + "' is missing");
            }
        }
        for (int i = parameters.size(); i < given.size(); i++) {
            if (!function.variadic()) {
                refuse(
                        Kind.FURTHER,
                        i,
                        "",
                        "it takes " + counted(parameters.size()) + ", this one is dropped");
                return;
            }
            further(given.get(i), i);
        }
    }

    private static String counted(int parameters) {
        return switch (parameters) {
            case 0 -> "no arguments";
            case 1 -> "one argument";
            default -> parameters + " arguments";
        };
    }

    private void further(Argument argument, int i) {
        if (!isNil(argument)) {
            misfit(parameters.getLast().type(), argument)
                    .ifPresent(reason -> refuse(Kind.TYPE, i, "", reason));
        }
    }

    private void judge(Parameter parameter, Argument argument, int i) {
        if (isNil(argument)) {
            if (!parameter.optional() && parameter.type() != Type.ANY) {
                misfit(parameter.type(), argument)
                        .ifPresent(reason -> refuse(Kind.TYPE, i, "", reason));
            }
            return;
        }
        var wrong = misfit(parameter, argument);
        if (wrong.isPresent()) {
            refuse(Kind.TYPE, i, "", wrong.get());
        } else if (argument instanceof Argument.Table table) {
            content(parameter, table, i);
        }
    }

    private void content(Parameter parameter, Argument.Table table, int at) {
        if (!parameter.options().isEmpty()) {
            fields(table, parameter.options(), parameter.options(), new Place(at, 0, ""));
        }
        int count = parameter.items().isEmpty() ? 0 : table.items().size();
        for (int i = 1; i <= count; i++) {
            if (table.items().get(i - 1) instanceof Argument.Table item) {
                var place = new Place(at, i, Shapes.item(parameter, i) + ": ");
                fields(item, parameter.items(), parameter.items(), place);
            }
        }
    }

    /// Where fields are.
    ///
    /// @param shown before what is wrong
    private record Place(int argument, int item, String shown) {}

    private static boolean isNil(Argument argument) {
        return argument instanceof Argument.Known(Value.Nil _);
    }

    // ---- by name

    private void byName(Argument.Table table, int at) {
        for (int i = 0; i < at; i++) {
            judge(parameters.get(i), given.get(i), i);
        }
        var wanted = parameters.subList(at, parameters.size());
        fields(table, parameters, wanted, new Place(at, 0, ""));
    }

    /// @param wanted those of the known fields that count, as others were given before; the table
    ///   has to have them, unless they are optional
    private void fields(
            Argument.Table table, List<Parameter> known, List<Parameter> wanted, Place at) {
        for (var field : table.fields()) {
            var parameter = named(known, field.name());
            if (parameter.isEmpty()) {
                var names = known.stream().map(Parameter::name).toList();
                refuse(
                        Kind.UNKNOWN_FIELD,
                        at,
                        field.name(),
                        "unknown field '" + field.name() + "'" + Nearest.hint(field.name(), names));
            } else if (wanted.contains(parameter.get())) {
                misfit(parameter.get(), field.value())
                        .ifPresent(reason ->
                                refuse(
                                        Kind.TYPE,
                                        at,
                                        field.name(),
                                        "field '" + field.name() + "': " + reason));
            }
        }
        if (table.complete()) {
            lacking(table, wanted, at);
        }
    }

    private void lacking(Argument.Table table, List<Parameter> wanted, Place at) {
        for (var parameter : wanted) {
            boolean there =
                    table.fields().stream()
                            .anyMatch(field -> field.name().equals(parameter.name()));
            if (!parameter.optional() && !there) {
                refuse(Kind.MISSING, at, "", "the field '" + parameter.name() + "' is missing");
            }
        }
    }

    private static Optional<Parameter> named(List<Parameter> parameters, String name) {
        return parameters.stream().filter(p -> p.name().equals(name)).findFirst();
    }

    private void refuse(Kind kind, int argument, String field, String reason) {
        refuse(kind, new Place(argument, 0, ""), field, reason);
    }

    private void refuse(Kind kind, Place at, String field, String reason) {
        refusals.add(new Refusal(kind, at.argument(), at.item(), field, at.shown() + reason));
    }

    // ---- types

    private static Optional<String> misfit(Parameter parameter, Argument argument) {
        var wrong = misfit(parameter.type(), argument);
        return wrong.isEmpty() && argument instanceof Argument.Known(Text text)
                ? Shapes.stranger(parameter, text)
                : wrong;
    }

    private static Optional<String> misfit(Type type, Argument argument) {
        return switch (argument) {
            case Argument.Unknown _ -> Optional.empty();
            case Argument.Known(var value) -> Shapes.misfit(type, value);
            case Argument.OfType(var given) -> ofType(type, given);
            case Argument.Table _ -> ofType(type, "table");
        };
    }

    private static Optional<String> ofType(Type type, String given) {
        boolean fits =
                switch (type) {
                    case ANY -> true;
                    case BOOLEAN -> given.equals("boolean");
                    case NUMBER, INTEGER, STRING, DURATION -> isTextual(given);
                    case TABLE -> given.equals("table");
                    case FUNCTION -> given.equals("function");
                    case STRING_OR_TABLE -> isTextual(given) || given.equals("table");
                    case STRING_OR_FUNCTION -> isTextual(given) || given.equals("function");
                    case HANDLE -> given.equals("userdata");
                };
        return fits ? Optional.empty() : Optional.of(wanted(type) + " expected, got " + given);
    }

    /// Numbers pass for text, and text that reads as one for numbers.
    private static boolean isTextual(String given) {
        return given.equals("string") || given.equals("number");
    }

    private static String wanted(Type type) {
        return switch (type) {
            case INTEGER -> "number";
            case DURATION -> "duration";
            default -> type.annotation().replace("|", " or ");
        };
    }
}
