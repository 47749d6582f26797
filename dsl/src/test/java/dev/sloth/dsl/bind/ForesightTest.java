package dev.sloth.dsl.bind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.testkit.Gen;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What is foreseen of a call, held against the call.
final class ForesightTest {
    private static final int CALLS = 20_000;

    private final AtomicInteger foreseen = new AtomicInteger();

    @Test
    void a_call_that_is_foreseen_to_be_refused_is_and_one_that_is_known_whole_fails_only_so() {
        Gen.forAll(CALLS, gen -> check(new Call(gen)));
        assertThat(foreseen.get()).isBetween(CALLS / 10, CALLS * 9 / 10);
    }

    private void check(Call call) {
        var refused = new Arguments(call.function).sort(call.values).refusal();
        var ahead =
                Foresight.of(call.function, call.arguments, false).stream()
                        .filter(refusal -> refusal.kind() != Foresight.Kind.FURTHER)
                        .toList();
        foreseen.addAndGet(ahead.isEmpty() ? 0 : 1);
        if (!ahead.isEmpty() || call.whole) {
            assertThat(refused.isPresent())
                    .as("%s with %s: %s", call.function.parameters(), call.values, ahead)
                    .isEqualTo(!ahead.isEmpty());
        }
    }

    @Test
    void more_arguments_than_parameters_are_told_where_they_begin() {
        var function = Function.named("f").param("a", Type.ANY, "").body(_ -> Results.none());
        var known = new Foresight.Argument.Known(Text.of("x"));
        assertThat(Foresight.of(function, List.of(known, known, known), false))
                .extracting(Foresight.Refusal::kind, Foresight.Refusal::argument)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Foresight.Kind.FURTHER, 1));
        assertThat(Foresight.of(function, List.of(), true)).isEmpty();
    }

    /// A function by chance, with arguments of which more or less is known.
    private static final class Call {
        private static final List<String> NAMES = List.of("a", "b", "c", "d");

        private final Gen gen;
        private final Function function;
        private final List<Foresight.Argument> arguments = new ArrayList<>();
        private final List<Value> values = new ArrayList<>();

        /// Whether all is known of the arguments.
        private boolean whole = true;

        Call(Gen gen) {
            this.gen = gen;
            this.function = function();
            int count = gen.below(5);
            for (int i = 0; i < count; i++) {
                argument();
            }
        }

        private Function function() {
            var builder = Function.named("f");
            int count = gen.below(4);
            for (int i = 0; i < count; i++) {
                var parameter = parameter(NAMES.get(i));
                builder.param(gen.yes() ? parameter : narrowed(parameter));
            }
            if (gen.chance(40)) {
                builder.namedOrPositional();
            }
            if (count > 0 && gen.chance(20)) {
                builder.variadic();
            }
            return builder.body(_ -> Results.none());
        }

        private Parameter narrowed(Parameter parameter) {
            return switch (parameter.type()) {
                case TABLE ->
                        gen.yes()
                                ? parameter.options(parameter("a"), parameter("x"))
                                : parameter.items(parameter("a"), parameter("x"));
                case STRING -> parameter.words("text", "3");
                default -> parameter;
            };
        }

        private Parameter parameter(String name) {
            var type = gen.oneOf(List.of(Type.values()));
            return gen.yes()
                    ? Parameter.required(name, type, "")
                    : Parameter.optional(name, type, "");
        }

        private void argument() {
            switch (gen.below(6)) {
                case 0 -> {
                    whole = false;
                    arguments.add(new Foresight.Argument.Unknown());
                    values.add(known());
                }
                case 1 -> {
                    whole = false;
                    var value = gen.oneOf(known(), new DataTable().with("a", "1"));
                    arguments.add(
                            value == Value.Nil.NIL
                                    ? new Foresight.Argument.Known(value)
                                    : new Foresight.Argument.OfType(value.type()));
                    values.add(value);
                }
                case 2 -> table();
                default -> {
                    var value = known();
                    arguments.add(new Foresight.Argument.Known(value));
                    values.add(value);
                }
            }
        }

        private void table() {
            var table = new DataTable();
            var fields = fields(table);
            var items = new ArrayList<Foresight.Argument>();
            for (int i = gen.below(3); i > 0; i--) {
                var item = new DataTable();
                items.add(new Foresight.Argument.Table(fields(item), true));
                table.put(new Value.Num(items.size()), item);
            }
            boolean complete = gen.chance(70);
            if (!complete) {
                whole = false;
                table.put(new Value.Num(items.size() + 1), Value.Bool.TRUE);
            }
            arguments.add(new Foresight.Argument.Table(fields, complete, items));
            values.add(table);
        }

        private List<Foresight.Field> fields(DataTable table) {
            var fields = new ArrayList<Foresight.Field>();
            for (var name : List.of("a", "b", "x", "y")) {
                if (gen.chance(40)) {
                    var value = known();
                    fields.add(new Foresight.Field(name, new Foresight.Argument.Known(value)));
                    if (value != Value.Nil.NIL) {
                        table.put(Text.of(name), value);
                    }
                }
            }
            return fields;
        }

        private Value known() {
            return gen.oneOf(
                    Value.Nil.NIL,
                    Value.Bool.TRUE,
                    new Value.Num(3),
                    new Value.Num(1.5),
                    Text.of("text"),
                    Text.of("12"),
                    Text.of("5m"));
        }
    }
}
