package dev.sloth.dsl.bind;

import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The arguments of one call, held against the declaration of the function.
final class Arguments {
    private final Function function;
    private final List<Parameter> parameters;

    /// What is wrong with an argument, counted from 1.
    record Refusal(int argument, String reason) {}

    /// Arguments sorted by parameter, or the first thing that is wrong.
    record Sorted(List<Value> values, Optional<Refusal> refusal) {}

    Arguments(Function function) {
        this.function = function;
        this.parameters = function.parameters();
    }

    Sorted sort(List<Value> given) {
        int table = function.named() ? namesAt(given) : -1;
        return table < 0 ? byPosition(given) : byName(given, table);
    }

    private Sorted byPosition(List<Value> given) {
        var values = new ArrayList<Value>(parameters.size());
        for (int i = 0; i < parameters.size(); i++) {
            Value value = i < given.size() ? given.get(i) : Value.Nil.NIL;
            values.add(value);
            boolean absent = i >= given.size();
            var wrong = misfit(parameters.get(i), value, absent);
            if (wrong.isPresent()) {
                return new Sorted(values, Optional.of(new Refusal(i + 1, wrong.get())));
            }
        }
        return new Sorted(values, function.variadic() ? further(given) : Optional.empty());
    }

    private Optional<Refusal> further(List<Value> given) {
        var last = parameters.getLast();
        for (int i = parameters.size(); i < given.size(); i++) {
            var wrong = Shapes.misfit(last.type(), given.get(i));
            if (wrong.isPresent() && given.get(i) != Value.Nil.NIL) {
                return Optional.of(new Refusal(i + 1, wrong.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> misfit(Parameter parameter, Value value, boolean absent) {
        if (value == Value.Nil.NIL) {
            boolean optional =
                    parameter.optional()
                            || (parameter.type() == dev.sloth.api.plugin.Type.ANY && !absent);
            return optional ? Optional.empty() : lacking(parameter, absent);
        }
        var wrong = Shapes.misfit(parameter.type(), value);
        return wrong.isPresent() ? wrong : content(parameter, value);
    }

    private static Optional<String> content(Parameter parameter, Value value) {
        return switch (value) {
            case Value.Table table ->
                    fields(parameter.options(), table).or(() -> items(parameter, table));
            case Text text -> Shapes.stranger(parameter, text);
            case Value.Nil _, Value.Bool _, Value.Num _, Value.Callable _, Value.Handle _ ->
                    Optional.empty();
        };
    }

    private static Optional<String> lacking(Parameter parameter, boolean absent) {
        if (parameter.type() == dev.sloth.api.plugin.Type.ANY) {
            return Optional.of("value expected");
        }
        return Shapes.misfit(parameter.type(), Value.Nil.NIL)
                .map(reason -> absent ? reason.replaceFirst("nil$", "no value") : reason);
    }

    /// The tables in a list that declares their fields.
    private static Optional<String> items(Parameter parameter, Value.Table list) {
        int length = parameter.items().isEmpty() ? 0 : list.length();
        for (int i = 1; i <= length; i++) {
            if (list.at(i) instanceof Value.Table item) {
                var wrong = fields(parameter.items(), item);
                if (wrong.isPresent()) {
                    return Optional.of(Shapes.item(parameter, i) + ": " + wrong.get());
                }
            }
        }
        return Optional.empty();
    }

    /// The fields of a table, if they are declared.
    private static Optional<String> fields(List<Parameter> options, Value.Table table) {
        if (options.isEmpty()) {
            return Optional.empty();
        }
        for (var entry : table.entries()) {
            if (entry.key() instanceof Text name) {
                var option = named(options, name.toString());
                if (option.isEmpty()) {
                    return Optional.of(unknown(name.toString(), options));
                }
                var wrong = misfit(option.get(), entry.value(), false);
                if (wrong.isPresent()) {
                    return Optional.of("field '" + name + "': " + wrong.get());
                }
            }
        }
        return options.stream()
                .filter(option -> !option.optional())
                .filter(option -> table.at(option.name()) == Value.Nil.NIL)
                .map(option -> "field '" + option.name() + "' is missing")
                .findFirst();
    }

    private static Optional<Parameter> named(List<Parameter> parameters, String name) {
        return parameters.stream().filter(p -> p.name().equals(name)).findFirst();
    }

    private static String unknown(String name, List<Parameter> known) {
        var names = known.stream().map(Parameter::name).toList();
        return "unknown field '" + name + "'" + Nearest.hint(name, names);
    }

    // ---- named parameters

    /// Which argument holds parameters by name: the last one, when it is a table with such names,
    /// or a table where none is taken; -1 when all are by position.
    private int namesAt(List<Value> given) {
        int last = given.size() - 1;
        if (last < 0 || last >= parameters.size() || !(given.get(last) instanceof Value.Table t)) {
            return -1;
        }
        boolean fits = Shapes.takesTable(parameters.get(last).type());
        return !fits || (last == 0 && namesSome(t, parameters)) ? last : -1;
    }

    private static boolean namesSome(Value.Table table, List<Parameter> parameters) {
        return parameters.stream().anyMatch(p -> table.at(p.name()) != Value.Nil.NIL);
    }

    private Sorted byName(List<Value> given, int table) {
        var named = (Value.Table) given.get(table);
        var values = new ArrayList<Value>(parameters.size());
        for (int i = 0; i < parameters.size(); i++) {
            values.add(i < table ? given.get(i) : named.at(parameters.get(i).name()));
        }
        var unknown = unknownIn(named);
        if (unknown.isPresent()) {
            return new Sorted(values, Optional.of(new Refusal(table + 1, unknown.get())));
        }
        for (int i = 0; i < parameters.size(); i++) {
            var parameter = parameters.get(i);
            var wrong = misfit(parameter, values.get(i), false);
            if (wrong.isPresent()) {
                var reason = i < table ? wrong.get() : about(parameter, values.get(i), wrong.get());
                return new Sorted(values, Optional.of(new Refusal(Math.min(i, table) + 1, reason)));
            }
        }
        return new Sorted(values, Optional.empty());
    }

    private static String about(Parameter parameter, Value value, String wrong) {
        return value == Value.Nil.NIL
                ? "field '" + parameter.name() + "' is missing"
                : "field '" + parameter.name() + "': " + wrong;
    }

    private Optional<String> unknownIn(Value.Table named) {
        return named.entries().stream()
                .filter(entry -> entry.key() instanceof Text)
                .map(entry -> entry.key().toString())
                .filter(name -> named(parameters, name).isEmpty())
                .map(name -> unknown(name, parameters))
                .findFirst();
    }
}
