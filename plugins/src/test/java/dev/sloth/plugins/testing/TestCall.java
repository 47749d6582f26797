package dev.sloth.plugins.testing;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Shown;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A call checked against its declaration, as the one who binds modules to scripts does.
final class TestCall implements Call {
    /// No test needs more; a script would have some limit too.
    private static final long MEMORY_MAX = 1L << 30;

    private final Function function;
    private final Host host;
    private final Object self;
    private final List<Value> all;
    private final Map<String, Value> byName = new HashMap<>();
    private long taken;

    TestCall(Function function, Host host, Object self, List<Value> arguments) {
        this.function = function;
        this.host = host;
        this.self = self;
        this.all = arguments;
        bind(arguments);
    }

    private void bind(List<Value> arguments) {
        boolean named =
                function.named()
                        && arguments.size() == 1
                        && arguments.getFirst() instanceof Value.Table;
        if (named) {
            known((Value.Table) arguments.getFirst(), function.parameters(), function.name());
        }
        for (int i = 0; i < function.parameters().size(); i++) {
            var parameter = function.parameters().get(i);
            var given =
                    named
                            ? ((Value.Table) arguments.getFirst()).at(parameter.name())
                            : Caller.result(arguments, i);
            byName.put(parameter.name(), checked(parameter, given));
        }
        if (!function.variadic() && !named && arguments.size() > function.parameters().size()) {
            throw new CallFailure(function.name() + ": too many arguments");
        }
    }

    private static void known(Value.Table table, List<Parameter> options, String where) {
        for (var entry : table.entries()) {
            var key = Caller.plain(entry.key());
            var option = options.stream().filter(o -> o.name().equals(key)).findFirst();
            if (option.isEmpty()) {
                throw new CallFailure(where + ": unknown field " + key);
            }
            checked(option.get(), entry.value());
        }
    }

    private static Value checked(Parameter parameter, Value given) {
        if (given == Value.Nil.NIL) {
            if (parameter.optional() || parameter.type() == Type.ANY) {
                return given;
            }
            throw new CallFailure(parameter.name() + " is missing");
        }
        if (given instanceof Value.Table table && !parameter.options().isEmpty()) {
            known(table, parameter.options(), parameter.name());
        }
        if (given instanceof Value.Table list && !parameter.items().isEmpty()) {
            for (int i = 1; i <= list.length(); i++) {
                if (list.at(i) instanceof Value.Table item) {
                    known(item, parameter.items(), parameter.name() + "[" + i + "]");
                }
            }
        }
        if (!fits(parameter.type(), given)) {
            throw new CallFailure(
                    parameter.name()
                            + ": "
                            + parameter.type().annotation()
                            + " expected, got "
                            + given.type());
        }
        return given;
    }

    private static boolean fits(Type type, Value given) {
        boolean text = given instanceof Text || given instanceof Value.Num;
        return switch (type) {
            case ANY -> true;
            case BOOLEAN -> given instanceof Value.Bool;
            case NUMBER -> given instanceof Value.Num;
            case INTEGER -> given instanceof Value.Num n && n.whole();
            case STRING, DURATION -> text;
            case TABLE -> given instanceof Value.Table;
            case FUNCTION -> given instanceof Value.Callable;
            case STRING_OR_TABLE -> text || given instanceof Value.Table;
            case STRING_OR_FUNCTION -> text || given instanceof Value.Callable;
            case HANDLE -> given instanceof Value.Handle;
        };
    }

    @Override
    public void take(long bytes) {
        taken += bytes;
        if (bytes < 0 || taken > MEMORY_MAX) {
            throw new CallFailure("not enough memory");
        }
    }

    @Override
    public Value value(String parameter) {
        var value = byName.get(parameter);
        if (value == null) {
            throw new AssertionError(function.name() + " declares no parameter " + parameter);
        }
        return value;
    }

    @Override
    public List<Value> all() {
        return all;
    }

    @Override
    public Object self() {
        return self;
    }

    @Override
    public Host host() {
        return host;
    }

    @Override
    public String text(String parameter) {
        return bytes(parameter).toString();
    }

    @Override
    public Text bytes(String parameter) {
        var value = value(parameter);
        return value instanceof Text t ? t : Text.of(Shown.line(value));
    }

    @Override
    public double number(String parameter) {
        return ((Value.Num) value(parameter)).value();
    }

    @Override
    public long integer(String parameter) {
        return (long) number(parameter);
    }

    @Override
    public boolean flag(String parameter) {
        return value(parameter).truthy();
    }

    @Override
    public Value.Table table(String parameter) {
        return (Value.Table) value(parameter);
    }

    @Override
    public Value.Callable function(String parameter) {
        return (Value.Callable) value(parameter);
    }

    @Override
    public Duration duration(String parameter) {
        return switch (value(parameter)) {
            case Value.Num n -> Duration.ofNanos((long) (n.value() * 1e9));
            case Text t when t.toString().endsWith("ms") ->
                    Duration.ofMillis(Long.parseLong(t.toString().replace("ms", "")));
            case Text t -> Duration.parse("PT" + t);
            case Value other -> throw new AssertionError("no duration: " + other);
        };
    }
}
