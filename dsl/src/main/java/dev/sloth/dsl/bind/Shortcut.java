package dev.sloth.dsl.bind;

import dev.sloth.api.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A short way through a function that gets one or two arguments, or a method that gets up to two:
/// without the checks and copies of a call. It calls nothing of the script and cannot fail.
@FunctionalInterface
public interface Shortcut {
    /// The object of Lua to give back; null when the call has to go the long way.
    ///
    /// @param self the target of the handle whose method it is; the function itself where there is
    ///   none
    @Nullable Object of(Border border, Object self, List<Value> given);
}
