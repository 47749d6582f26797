package dev.sloth.lua.hot;

import dev.sloth.lua.vm.Code;
import dev.sloth.lua.vm.HotLoop;
import dev.sloth.lua.vm.Promoter;
import dev.sloth.lua.vm.Proto;
import dev.sloth.lua.vm.Step;
import java.util.Optional;
import java.util.function.Supplier;

/// Makes classes of what is hot. What is too large for the JVM's compilers stays in the tree: there
/// its loops may still become classes, each alone.
public enum Hot implements Promoter {
    CLASSES;

    @Override
    public Optional<Code> function(Proto function) {
        return made(() -> FunctionClass.of(function)).map(Code.class::cast);
    }

    @Override
    public Optional<HotLoop> loop(Step loop, String name) {
        return made(() -> LoopClass.of(loop, name)).map(HotLoop.class::cast);
    }

    private static Optional<Object> made(Supplier<ClassText> text) {
        try {
            ClassText written = text.get();
            return Optional.of(Code.instance(written.bytes(), written.constants()));
        } catch (TooLarge | StackOverflowError _) {
            return Optional.empty();
        }
    }
}
