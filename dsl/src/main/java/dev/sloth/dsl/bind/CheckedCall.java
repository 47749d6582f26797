package dev.sloth.dsl.bind;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Parameter;
import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.lua.value.LuaNumbers;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.LuaValues;
import java.time.Duration;
import java.util.List;

/// A call whose arguments fit their declaration.
///
/// @param values one a parameter
/// @param allowance what the body may take of the state's memory
record CheckedCall(
        List<Parameter> parameters,
        List<Value> values,
        List<Value> all,
        Object self,
        Host host,
        Allowance allowance)
        implements Call {
    /// The characters of a shorter text are not worth counting.
    private static final int COUNTED_MIN = 4 << 10;

    @Override
    public void take(long bytes) {
        allowance.take(bytes);
    }

    @Override
    public boolean tryTake(long bytes) {
        return allowance.tryTake(bytes);
    }

    @Override
    public Value value(String parameter) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).name().equals(parameter)) {
                return values.get(i);
            }
        }
        throw new IllegalStateException("no parameter is called " + parameter);
    }

    @Override
    public String text(String parameter) {
        var text = bytes(parameter);
        if (text.bytes().length >= COUNTED_MIN) {
            take(text.bytes().length);
        }
        return text.toString();
    }

    @Override
    public Text bytes(String parameter) {
        return switch (value(parameter)) {
            case Text text -> text;
            case Value.Num number -> Text.of(LuaNumbers.format(number.value()));
            case Value other -> throw unfit(parameter, other);
        };
    }

    @Override
    public double number(String parameter) {
        Value value = value(parameter);
        double number = Shapes.number(value);
        if (LuaValues.isObject(number)) {
            throw unfit(parameter, value);
        }
        return number;
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
        if (value(parameter) instanceof Value.Table table) {
            return table;
        }
        throw unfit(parameter, value(parameter));
    }

    @Override
    public Value.Callable function(String parameter) {
        if (value(parameter) instanceof Value.Callable callable) {
            return callable;
        }
        throw unfit(parameter, value(parameter));
    }

    @Override
    public Duration duration(String parameter) {
        return Durations.of(value(parameter));
    }

    private static IllegalArgumentException unfit(String parameter, Value value) {
        return new IllegalArgumentException(
                "argument '" + parameter + "' cannot be a " + value.type());
    }

    /// Numbers as text, for those who read numbers.
    static double parsed(Text text) {
        return LuaNumbers.parse(LuaString.ofBytes(text.bytes()));
    }
}
