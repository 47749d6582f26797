package dev.sloth.cli;

import java.util.List;

/// `watcher`: looks after what is watched.
final class WatcherFamily implements Command {
    @Override
    public Spec spec() {
        return Specs.command(
                "watcher",
                "Looks after what is watched: files, processes, ports, load, commands.",
                "",
                "Scripts register watchers with `watcher.register`; `sloth-runner serve` watches,"
                        + " and what changes becomes an event.");
    }

    @Override
    public int run(Given given) {
        throw StateFamily.wrong("say what to do", "try `watcher list`");
    }

    @Override
    public List<Command> children() {
        return List.of(new WatcherList(), new WatcherRemove());
    }
}
