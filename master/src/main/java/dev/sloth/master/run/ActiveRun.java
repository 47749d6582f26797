package dev.sloth.master.run;

import dev.sloth.api.secret.Secrets;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.core.log.LogLimits;
import dev.sloth.core.log.LogWriter;
import dev.sloth.core.store.ArtifactStore.Artifact;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.RunFile;
import dev.sloth.core.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// A run that is being driven, as agents see it that work for it. Safe for use by many threads.
public final class ActiveRun implements AutoCloseable {
    private final Store store;
    private final Claim claim;
    private final List<RunFile> files;
    private final Content values;
    private final Secrets secrets;
    private final List<String> causes;
    private final InstantSource time;
    private final LogWriter log;
    private final Map<String, Output> outputs = new ConcurrentHashMap<>();

    ActiveRun(
            Store store,
            Claim claim,
            List<RunFile> files,
            Content values,
            Secrets secrets,
            List<String> causes,
            InstantSource time) {
        this.causes = List.copyOf(causes);
        this.store = store;
        this.claim = claim;
        this.files = List.copyOf(files);
        this.values = values;
        this.secrets = secrets;
        this.time = time;
        this.log = new LogWriter(store.logs(), claim, time, LogLimits.DEFAULT);
        Thread.ofVirtual().name("log of " + claim.run()).start(log);
    }

    /// One line of output.
    ///
    /// @param channel as in `LogLine`, without an agent
    public record Line(String channel, String text) {}

    public RunId id() {
        return claim.run();
    }

    List<RunFile> files() {
        return files;
    }

    String values() {
        return values.sha256();
    }

    /// What led to it, the first cause first.
    public List<String> causes() {
        return causes;
    }

    public Secrets secrets() {
        return secrets;
    }

    /// The orders that its attempts have, and have had until they were settled.
    public Map<String, AttemptId> attempts() {
        var attempts = new HashMap<String, AttemptId>();
        outputs.forEach((order, output) -> {
            if (!output.attempt().task().isBeside()) {
                attempts.put(order, output.attempt());
            }
        });
        return attempts;
    }

    /// What an order does in it, by its name; empty when that is not known.
    public String task(String order) {
        return output(order).map(output -> output.attempt().task().text()).orElse("");
    }

    // ---- what it is made of

    /// A text that the run is made of, its values, or one of its artifacts; nothing else is given.
    public Optional<Content> content(String sha256) {
        if (sha256.equals(values.sha256())) {
            return Optional.of(values);
        }
        boolean ours =
                files.stream()
                        .anyMatch(file -> file.role().holdsText() && file.content().equals(sha256));
        return ours ? store.runs().content(sha256) : Optional.empty();
    }

    public List<Artifact> artifacts() {
        return store.artifacts().of(claim.run());
    }

    /// @throws IOException when the target cannot be written
    public void copy(Artifact artifact, Path target) throws IOException {
        store.artifacts().copy(artifact, target);
    }

    /// Keeps a file of an attempt.
    ///
    /// @param order one of an attempt
    /// @throws IOException when the file cannot be read
    public void keep(String order, String path, Path file) throws IOException {
        var attempt = output(order).map(Output::attempt).filter(id -> !id.task().isBeside());
        if (attempt.isEmpty()) {
            throw new IOException("the order " + order + " is no attempt");
        }
        var agent = output(order).map(Output::agent).orElse("");
        var kept = agent.isEmpty() ? path : agent + "/" + path;
        store.artifacts().keep(claim, attempt.get(), kept, file, time.instant());
    }

    // ---- what agents say

    /// The output of one order.
    private final class Output {
        private final AttemptId attempt;
        private final String agent;
        private final ReentrantLock lock = new ReentrantLock();
        private long stored;

        /// @param agent empty where there is one
        /// @param stored how many of its lines are on disk; less than 0 when that is to be looked
        ///   up
        Output(AttemptId attempt, String agent, long stored) {
            this.attempt = attempt;
            this.agent = agent;
            this.stored = stored;
        }

        AttemptId attempt() {
            return attempt;
        }

        String agent() {
            return agent;
        }

        long add(long first, List<Line> lines) {
            lock.lock();
            try {
                if (stored < 0) {
                    stored = count(attempt);
                }
                if (first <= stored && stored < first + lines.size()) {
                    write(attempt, lines.subList((int) (stored - first), lines.size()));
                    stored = first + lines.size();
                }
                return stored;
            } finally {
                lock.unlock();
            }
        }

        private void write(AttemptId id, List<Line> fresh) {
            var suffix = agent.isEmpty() ? "" : "@" + agent;
            fresh.forEach(line -> log.add(id, line.channel() + suffix, line.text()));
            log.flush(id);
        }

        private long count(AttemptId id) {
            long count = 0;
            for (var channel : log.stored(id).entrySet()) {
                int at = channel.getKey().indexOf('@');
                var from = at < 0 ? "" : channel.getKey().substring(at + 1);
                if (from.equals(agent)) {
                    count += channel.getValue();
                }
            }
            return count;
        }
    }

    private Optional<Output> output(String order) {
        return Optional.ofNullable(outputs.get(order));
    }

    /// From now on there is this order of an attempt.
    ///
    /// @param agent where there are several, which it is for; empty otherwise
    void open(String order, AttemptId attempt, String agent) {
        outputs.computeIfAbsent(order, _ -> new Output(attempt, agent, -1));
    }

    /// From now on there is this order of something beside the tasks. What it prints comes behind
    /// what came of an earlier order of the same.
    void openBeside(String order, TaskName name) {
        var id = new AttemptId(claim.run(), name, 1);
        outputs.computeIfAbsent(order, _ -> new Output(id, "", 0));
    }

    void closed(String order) {
        outputs.remove(order);
    }

    /// Takes lines in, those that are known already too.
    ///
    /// @param first the number of the first of them, counted from 0 over the order
    /// @return how many lines of the order are on disk now; nothing when there is no such order
    /// @throws dev.sloth.core.store.StoreFailure when they cannot be kept
    public Optional<Long> lines(String order, long first, List<Line> lines) {
        return output(order).map(output -> output.add(first, lines));
    }

    @Override
    public void close() {
        try (secrets) {
            log.close();
        }
    }
}
