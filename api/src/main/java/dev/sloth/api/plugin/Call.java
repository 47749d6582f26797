package dev.sloth.api.plugin;

import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.time.Duration;
import java.util.List;

/// One call of a declared function. The arguments have been checked against the declaration before
/// the body sees them; an absent optional one is nil.
///
/// A call is an allowance too: what is taken of it counts as live memory of the script until the
/// body has returned and its results are handed over. A body takes what it needs besides its
/// arguments and results where a script decides how much that is.
public interface Call extends Allowance {
    /// The argument of this parameter, or nil.
    Value value(String parameter);

    /// All arguments in order, for variadic functions.
    List<Value> all();

    /// The target of the handle whose method this is.
    Object self();

    Host host();

    default boolean given(String parameter) {
        return value(parameter) != Value.Nil.NIL;
    }

    /// A STRING argument as Java text.
    String text(String parameter);

    /// A STRING argument as it is, bytes and all.
    Text bytes(String parameter);

    double number(String parameter);

    long integer(String parameter);

    boolean flag(String parameter);

    Value.Table table(String parameter);

    Value.Callable function(String parameter);

    Duration duration(String parameter);

    default String text(String parameter, String otherwise) {
        return given(parameter) ? text(parameter) : otherwise;
    }

    default double number(String parameter, double otherwise) {
        return given(parameter) ? number(parameter) : otherwise;
    }

    default long integer(String parameter, long otherwise) {
        return given(parameter) ? integer(parameter) : otherwise;
    }

    default boolean flag(String parameter, boolean otherwise) {
        return given(parameter) ? flag(parameter) : otherwise;
    }

    default Duration duration(String parameter, Duration otherwise) {
        return given(parameter) ? duration(parameter) : otherwise;
    }
}
