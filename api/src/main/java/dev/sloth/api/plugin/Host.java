package dev.sloth.api.plugin;

import dev.sloth.api.event.Events;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What a function may ask of the one who runs its script: one host for each script that runs.
public interface Host {
    /// Whether the script is being read for its definitions or is executing a task.
    Phase phase();

    /// Why a script is being run.
    enum Phase {
        DEFINE,
        EXECUTE
    }

    /// Writes to the log of the task. `fields` are shown behind the message.
    void log(Level level, String message, Map<String, Value> fields);

    /// How much a log line matters.
    enum Level {
        DEBUG,
        INFO,
        SUCCESS,
        WARN,
        ERROR
    }

    /// Writes a line to the script's output, as `print` does; `line` is without its end.
    void print(String line);

    /// Where relative paths start: the task's workdir, or the script's folder while defining.
    Path folder();

    /// The root of the project: scripts do not import from outside it.
    Path project();

    /// The values given to the run.
    Value values();

    /// Adds to the outputs of the task that runs, as `export` does. `value` shares nothing with the
    /// script, as what [dev.sloth.api.value.Data#copyOf] gives; it counts as the script's memory.
    void export(String name, Value value);

    Processes processes();

    Concurrency concurrency();

    /// The state that scripts of this namespace share.
    SharedState state();

    /// Where the script says what happened.
    Events events();

    /// The value of a secret that the workflow declares. While the script is read for its
    /// definitions it is a handle that stands for the value.
    ///
    /// @throws CallFailure when it declares no such secret, or no task is being executed
    default Value secret(String name) {
        throw new CallFailure("there are no secrets here");
    }

    /// Who this script is to others, such as those who wait for a lock that it holds.
    String self();

    InstantSource time();

    ZoneId zone();

    RandomGenerator random();

    /// Does something that waits: other goroutines of the script run meanwhile, and stopping the
    /// script interrupts it.
    <T> T blocking(Blocking<T> work) throws InterruptedException, IOException;

    /// Work that waits.
    @FunctionalInterface
    interface Blocking<T> {
        T run() throws InterruptedException, IOException;
    }

    /// Something kept for as long as this script's state lives, made at the first asking, such as
    /// pools or circuit breakers. `key` is the kept thing's class. One that is [AutoCloseable] is
    /// closed when the script ends or its state is put back for another; it may be used again then.
    <T> T keep(Class<T> key, Supplier<T> first);

    /// Feature switches: name to `stable`, `beta` or `off`.
    Map<String, String> features();

    /// Switches a beta feature on for this run.
    ///
    /// @throws CallFailure when there is no such feature or it may not be switched on
    void enable(String feature);

    /// Runs another file of the project, once, relative to the running file, and gives its value:
    /// behind `import`.
    Value load(String path);

    /// What this script may do beyond computing.
    Set<Permission> granted();
}
