package dev.sloth.dsl;

import dev.sloth.api.plugin.Processes;
import dev.sloth.lua.value.HostProcesses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;

/// Runs the commands of `os.execute` and `io.popen` as all others are run.
public final class Shells implements HostProcesses {
    private static final String SHELL = "/bin/sh";

    private final Supplier<Processes> processes;
    private final Supplier<Path> folder;

    /// Both are asked for each command.
    public Shells(Supplier<Processes> processes, Supplier<Path> folder) {
        this.processes = processes;
        this.folder = folder;
    }

    @Override
    public int execute(String line) throws IOException, InterruptedException {
        return processes.get().run(Processes.Command.shell(SHELL, line, folder.get())).exitCode();
    }

    @Override
    public Started start(String line, boolean writing) throws IOException, InterruptedException {
        return ShellPipe.start(processes.get(), line, folder.get(), writing);
    }
}
