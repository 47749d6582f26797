package dev.sloth.plugins.testing;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Calls a module's functions as a script would. A failure is thrown as [CallFailure].
public final class Caller {
    private final Module module;
    private final Host host;

    public Caller(Module module, Host host) {
        this.module = module;
        this.host = host;
    }

    public List<Value> all(String function, Object... arguments) {
        var declared =
                module.functions().stream().filter(f -> f.name().equals(function)).findFirst();
        return invoke(declared.orElseThrow(), host, values(arguments));
    }

    /// The first result, nil when there is none.
    public Value call(String function, Object... arguments) {
        return result(all(function, arguments), 0);
    }

    public String text(String function, Object... arguments) {
        return plain(call(function, arguments));
    }

    public double number(String function, Object... arguments) {
        return ((Value.Num) call(function, arguments)).value();
    }

    public boolean truth(String function, Object... arguments) {
        return call(function, arguments).truthy();
    }

    /// The second result, which names the error.
    public String error(String function, Object... arguments) {
        return plain(result(all(function, arguments), 1));
    }

    /// Calls a method of a handle.
    public List<Value> on(Value handle, String method, Object... arguments) {
        var target = (Value.Handle) handle;
        var type =
                module.handles().stream()
                        .filter(h -> h.name().equals(target.typeName()))
                        .findFirst()
                        .orElseThrow();
        var declared = type.methods().stream().filter(m -> m.name().equals(method)).findFirst();
        var call = new TestCall(declared.orElseThrow(), host, target.target(), values(arguments));
        return body(declared.orElseThrow(), call);
    }

    public Value first(Value handle, String method, Object... arguments) {
        return result(on(handle, method, arguments), 0);
    }

    public static List<Value> invoke(Function function, Host host, List<Value> arguments) {
        return body(function, new TestCall(function, host, function, arguments));
    }

    private static List<Value> body(Function function, TestCall call) {
        try {
            var results = function.body().call(call);
            checkNils(function, results);
            return results;
        } catch (IOException e) {
            throw new CallFailure(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /// What is declared to be something is never nil: editors believe it.
    private static void checkNils(Function function, List<Value> results) {
        for (int i = 0; i < function.results().size(); i++) {
            var declared = function.results().get(i);
            if (result(results, i) instanceof Value.Nil
                    && !declared.nilable()
                    && declared.type() != Type.ANY) {
                throw new AssertionError(
                        function.name() + " gave nil for its result " + declared.name());
            }
        }
    }

    public static Value result(List<Value> results, int index) {
        return index < results.size() ? results.get(index) : Value.Nil.NIL;
    }

    public static String plain(Value value) {
        return value instanceof Text t ? t.toString() : dev.sloth.plugins.value.Shown.line(value);
    }

    /// A function of the script.
    public interface Body {
        List<Value> call(List<Value> arguments) throws Exception;
    }

    public static Value.Callable function(Body body) {
        return arguments -> {
            try {
                return body.call(arguments);
            } catch (ScriptFailure e) {
                throw e;
            } catch (Exception e) {
                var message = String.valueOf(e.getMessage());
                throw new ScriptFailure(message, Text.of(message), List.of(), e);
            }
        };
    }

    public static List<Value> values(Object... objects) {
        var values = new ArrayList<Value>();
        for (var object : objects) {
            values.add(value(object));
        }
        return values;
    }

    public static Value value(Object object) {
        return switch (object) {
            case Value v -> v;
            case String s -> Text.of(s);
            case Number n -> new Value.Num(n.doubleValue());
            case Boolean b -> Value.Bool.of(b);
            case List<?> l -> DataTable.list(values(l.toArray()));
            case Map<?, ?> m -> {
                var table = new DataTable();
                m.forEach((k, v) -> table.put(value(k), value(v)));
                yield table;
            }
            default -> throw new AssertionError("no value for " + object.getClass());
        };
    }
}
