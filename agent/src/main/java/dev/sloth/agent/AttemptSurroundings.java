package dev.sloth.agent;

import dev.sloth.agent.process.ChildProcesses;
import dev.sloth.agent.process.CommandRecord;
import dev.sloth.agent.process.LineSink;
import dev.sloth.agent.process.ProcessMark;
import dev.sloth.api.event.Events;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Permission;
import dev.sloth.api.plugin.Processes;
import dev.sloth.api.plugin.Processes.Command;
import dev.sloth.api.plugin.Processes.Ended;
import dev.sloth.api.state.SharedState;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Task;
import dev.sloth.dsl.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What a script meets while it executes an attempt: its folder, its log, its processes.
final class AttemptSurroundings implements Surroundings {
    private final AttemptId attempt;
    private final Folder folder;
    private final AttemptOutput output;
    private final BoundTo bound;
    private final ChildProcesses children;
    private final ProcessMark mark;
    private final LineSink sink;
    private final RunSecrets secrets;
    private final Processes processes;
    private final Set<Permission> granted;
    private final ExecutorConfig config;
    private final InstantSource time;
    private final RandomGenerator random;
    private final SharedState state;
    private final Events events;

    AttemptSurroundings(
            AttemptId attempt,
            Folder folder,
            AttemptOutput output,
            BoundTo bound,
            RunScript run,
            Means means,
            ProcessMark mark) {
        this.attempt = attempt;
        this.folder = folder;
        this.output = output;
        this.bound = bound;
        this.granted = run.granted();
        this.config = means.config();
        this.time = means.time();
        this.random = means.random();
        this.state = run.masking().state(means.state());
        this.events = run.masking().events(means.events().as(self(), List.of()));
        this.children = means.processes();
        this.mark = mark;
        this.secrets = run.secrets();
        this.sink = MaskedSink.over(own(attempt, output), secrets.mask());
        LineSink others = (stream, line) -> output.line(attempt, channel(stream), line);
        var streaming = children.streaming(mark, MaskedSink.over(others, secrets.mask()));
        this.processes = command -> streaming.run(bound(command));
    }

    /// What processes get that ask for nothing else.
    ///
    /// @param environment fails when a secret in it is missing
    /// @param known as much of it as there is
    record BoundTo(
            Supplier<Map<String, String>> environment, Map<String, String> known, String user) {
        static final BoundTo NOTHING = new BoundTo(Map.of(), "");

        BoundTo(Map<String, String> known, String user) {
            this(() -> known, known, user);
        }

        static BoundTo of(Task task, RunSecrets secrets) {
            var known = secrets.knownEnvironment(task);
            return new BoundTo(
                    () -> secrets.missing().isEmpty() ? known : secrets.environment(task),
                    known,
                    task.user());
        }
    }

    /// Takes what the attempt's own command writes.
    static LineSink own(AttemptId attempt, AttemptOutput output) {
        return (stream, line) -> {
            var channel =
                    switch (stream) {
                        case STDOUT -> Channel.Command.STDOUT;
                        case STDERR -> Channel.Command.STDERR;
                    };
            output.line(attempt, channel, line);
        };
    }

    private Command bound(Command command) {
        var environment = new HashMap<>(bound.environment().get());
        environment.putAll(command.environment());
        var user = command.user().isEmpty() ? bound.user() : command.user();
        return command.environment(environment).user(user);
    }

    /// Runs the attempt's own command, which may outlive us.
    Optional<Ended> run(Command command, CommandRecord record)
            throws IOException, InterruptedException {
        return children.run(bound(command), record, mark, sink);
    }

    /// Goes on with one that an earlier process had begun.
    Optional<Ended> attach(CommandRecord record) throws IOException, InterruptedException {
        return children.attach(record, mark, Withheld.unlessKnown(secrets, attempt, output));
    }

    private static Channel channel(LineSink.Stream stream) {
        return switch (stream) {
            case STDOUT -> Channel.Stream.STDOUT;
            case STDERR -> Channel.Stream.STDERR;
        };
    }

    /// Where relative paths start; made when it is asked for.
    @FunctionalInterface
    interface Folder {
        Path made() throws IOException;
    }

    /// @throws CallFailure when it cannot be made
    @Override
    public Path folder() {
        try {
            return madeFolder();
        } catch (IOException e) {
            throw new CallFailure("cannot make the work folder: " + Failures.message(e), e);
        }
    }

    Path madeFolder() throws IOException {
        return folder.made();
    }

    @Override
    public void goesOut() {
        var _ = folder();
    }

    @Override
    public void log(Host.Level level, String message, Map<String, Value> fields) {
        var line = new StringBuilder(message);
        fields.forEach((name, value) ->
                line.append(' ').append(name).append('=').append(Verdict.text(value)));
        lines(new Channel.Log(level), line.toString());
    }

    void warn(String message) {
        log(Host.Level.WARN, message, Map.of());
    }

    /// Each line of a text by itself, so that each can be shown with its task. Of a text of many,
    /// what is left when the attempt is stopped is not written any more.
    private void lines(Channel channel, String text) {
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            output.line(attempt, channel, text.substring(from, end));
            from = end + 1;
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
        output.line(attempt, channel, text.substring(from));
    }

    @Override
    public void print(String line) {
        lines(Channel.Stream.STDOUT, line);
    }

    @Override
    public void printError(String line) {
        lines(Channel.Stream.STDERR, line);
    }

    @Override
    public Processes processes() {
        return processes;
    }

    @Override
    public SharedState state() {
        return state;
    }

    @Override
    public Events events() {
        return events;
    }

    @Override
    public Value secret(String name) {
        return secrets.value(name);
    }

    @Override
    public boolean lacks(String name) {
        return secrets.missing().containsKey(name);
    }

    @Override
    public String self() {
        return "%s on %s".formatted(attempt, config.agent());
    }

    @Override
    public InstantSource time() {
        return time;
    }

    @Override
    public ZoneId zone() {
        return config.zone();
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public Map<String, String> features() {
        return config.features();
    }

    @Override
    public void enable(String feature) {
        if (!config.features().containsKey(feature)) {
            throw new CallFailure("there is no feature called " + feature);
        }
    }

    /// What `os.getenv` knows: our environment, with the task's own on top.
    @Override
    public Map<String, String> environment() {
        var all = new HashMap<>(Surroundings.super.environment());
        all.putAll(bound.known());
        return all;
    }

    @Override
    public Set<Permission> granted() {
        return granted;
    }
}
