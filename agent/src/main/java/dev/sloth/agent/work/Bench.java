package dev.sloth.agent.work;

import dev.sloth.agent.ArtifactStore;
import dev.sloth.agent.ExecutorConfig;
import dev.sloth.agent.TaskExecutor;
import dev.sloth.agent.process.ChildProcesses;
import dev.sloth.api.event.Events;
import dev.sloth.api.state.SharedState;
import dev.sloth.dsl.Scripts;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// What an agent works with.
///
/// @param folder where it keeps everything
/// @param seeds used by many threads
public record Bench(
        Path folder,
        Scripts scripts,
        ExecutorConfig config,
        ChildProcesses processes,
        InstantSource time,
        RandomGenerator seeds) {
    TaskExecutor executor(ArtifactStore artifacts, SharedState state, Events.Door events) {
        return new TaskExecutor(scripts, config, processes, time, seeds, artifacts, state, events);
    }

    /// Where the files of a run's project are.
    Path project(String run) {
        return run(run).resolve("project");
    }

    Path run(String id) {
        return folder.resolve("runs").resolve(id);
    }
}
