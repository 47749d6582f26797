package dev.sloth.dsl.bind;

import dev.sloth.lua.value.LuaHandle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A target of handles that lives in one state only and keeps its handle there, so that nobody has
/// to look for it.
public abstract class Sole {
    private @Nullable LuaHandle twin;

    protected Sole() {}

    /// Its handle, made at the first asking.
    LuaHandle twin(Supplier<LuaHandle> first) {
        var made = twin;
        if (made == null) {
            made = first.get();
            twin = made;
        }
        return made;
    }
}
