package dev.sloth.cli;

import dev.sloth.agent.process.ChildProcesses;
import dev.sloth.cli.config.Config;
import dev.sloth.dsl.ProcessorTime;
import dev.sloth.dsl.Shells;
import dev.sloth.lua.Lua;
import dev.sloth.lua.lib.Libraries;
import dev.sloth.lua.lib.Surroundings;
import dev.sloth.lua.value.Budget;
import dev.sloth.lua.value.Grants;
import dev.sloth.lua.value.MemoryPool;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// A Lua state of the caller's own: the standard library and what was granted, no modules.
record PlainState(Lua lua, ChildProcesses processes) implements AutoCloseable {

    static PlainState open(Caller caller, Config config, Set<String> grants) {
        var budget =
                Budget.DEFAULT
                        .withSteps(config.executeSteps())
                        .withMemoryBytes(config.executeMemory())
                        .withPool(new MemoryPool(Wiring.totalMemory(config)));
        var lua = Lua.bare(budget);
        var processes = Wiring.processes(caller, config);
        var streaming = processes.streaming((_, line) -> caller.print(line));
        var environment = caller.environment();
        var around =
                new Surroundings(
                        caller.in(),
                        caller.out(),
                        caller.err(),
                        InstantSource.system(),
                        ZoneId.systemDefault(),
                        new SplittableRandom().nextLong(),
                        name -> Optional.ofNullable(environment.get(name)),
                        caller::folder,
                        Optional.of(new Shells(() -> streaming, caller::folder)),
                        Optional.empty(),
                        Optional.of(ProcessorTime::nanos));
        lua.state()
                .fibers()
                .enter(() -> {
                    Libraries.open(lua.state(), new Grants(grants), around);
                    return lua;
                });
        return new PlainState(lua, processes);
    }

    /// Ctrl-C ends the script.
    Interrupts interrupts() {
        return new Interrupts(() -> lua.kill("interrupted!"), () -> {});
    }

    @Override
    public void close() {
        lua.close();
        processes.close();
    }
}
