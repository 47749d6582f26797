package dev.sloth.lua.lib;

import dev.sloth.lua.value.Furnishing;
import dev.sloth.lua.value.LuaState;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// What the library has in one state alone: its functions are the same in all of them.
final class Own implements Furnishing {
    private final Surroundings around;
    private final Instant opened;
    private final PatternCache patterns = new PatternCache();
    private RandomGenerator random;

    private Own(Surroundings around) {
        this.around = around;
        this.opened = around.time().instant();
        this.random = new SplittableRandom(around.seed());
    }

    /// Gives a state its own.
    static void open(LuaState s, Surroundings around) {
        s.furnish(new Own(around));
    }

    static Own of(LuaState s) {
        if (s.furnishing() instanceof Own own) {
            return own;
        }
        throw new IllegalStateException("the library is not open in this state");
    }

    Surroundings around() {
        return around;
    }

    /// A file of this name, which may be relative to the host's folder.
    ///
    /// @throws NoSuchFileException for the empty name: no file has it, and not the folder either
    Path file(String name) throws NoSuchFileException {
        if (name.isEmpty()) {
            throw new NoSuchFileException(name);
        }
        return around.directory().get().resolve(name);
    }

    /// When the library was opened.
    Instant opened() {
        return opened;
    }

    PatternCache patterns() {
        return patterns;
    }

    RandomGenerator random() {
        return random;
    }

    @Override
    public void seed(long start) {
        random = new SplittableRandom(start);
    }
}
