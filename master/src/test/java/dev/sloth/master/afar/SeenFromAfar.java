package dev.sloth.master.afar;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.ArtifactStore;
import dev.sloth.core.store.AttemptRow;
import dev.sloth.core.store.AttemptStore;
import dev.sloth.core.store.Chapter;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.Claiming;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.LogStore;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.PageStore;
import dev.sloth.core.store.RequestStore;
import dev.sloth.core.store.RunFile;
import dev.sloth.core.store.RunQuery;
import dev.sloth.core.store.RunRow;
import dev.sloth.core.store.RunStore;
import dev.sloth.core.store.ScheduleStore;
import dev.sloth.core.store.Store;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.TimerStore;
import dev.sloth.core.store.cluster.ClusterStore;
import dev.sloth.core.store.event.EventStore;
import dev.sloth.core.store.event.HookStore;
import dev.sloth.core.store.event.WatcherStore;
import dev.sloth.core.store.secret.SecretStore;
import dev.sloth.core.store.state.StateStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A store that is written here and looked at from afar.
final class SeenFromAfar implements Store {
    private final Store here;
    private final Supplier<RemoteStore> afar;
    private volatile boolean closed;

    SeenFromAfar(Store here, Supplier<RemoteStore> afar) {
        this.here = here;
        this.afar = () -> open(afar);
    }

    private RemoteStore open(Supplier<RemoteStore> store) {
        if (closed) {
            throw new StoreFailure(StoreFailure.Reason.BROKEN, "this store is closed");
        }
        return store.get();
    }

    @Override
    public RunStore runs() {
        return new Runs(here.runs(), afar);
    }

    private record Runs(RunStore here, Supplier<RemoteStore> afar) implements RunStore {
        @Override
        public Claim submit(NewRun run, Chapter first) {
            return here.submit(run, first);
        }

        @Override
        public Claiming claim(RunId run, Owner by, Instant now, Duration ttl, Fate fate) {
            return here.claim(run, by, now, ttl, fate);
        }

        @Override
        public void renew(Claim claim, Instant until) {
            here.renew(claim, until);
        }

        @Override
        public void release(Claim claim) {
            here.release(claim);
        }

        @Override
        public void append(Claim claim, Chapter chapter) {
            here.append(claim, chapter);
        }

        @Override
        public List<Page> journal(RunId run, long from, int pagesMax) {
            return afar.get().runs().journal(run, from, pagesMax);
        }

        @Override
        public void snapshot(Claim claim, Snapshot snapshot) {
            here.snapshot(claim, snapshot);
        }

        @Override
        public Optional<Snapshot> snapshot(RunId run) {
            return afar.get().runs().snapshot(run);
        }

        @Override
        public long bytes(RunId run) {
            return here.bytes(run);
        }

        @Override
        public void addFiles(Claim claim, List<RunFile> files, List<Content> contents) {
            here.addFiles(claim, files, contents);
        }

        @Override
        public Optional<RunRow> find(RunId run) {
            return afar.get().runs().find(run);
        }

        @Override
        public String askedBy(RunId run) {
            return here.askedBy(run);
        }

        @Override
        public List<RunRow> list(RunQuery query) {
            return afar.get().runs().list(query);
        }

        @Override
        public Optional<Content> content(String sha256) {
            return afar.get().runs().content(sha256);
        }

        @Override
        public boolean delete(RunId run) {
            return here.delete(run);
        }
    }

    @Override
    public AttemptStore attempts() {
        return new Attempts(here.attempts(), afar);
    }

    private record Attempts(AttemptStore here, Supplier<RemoteStore> afar) implements AttemptStore {
        @Override
        public boolean begin(Claim claim, AttemptId id, String boot, Instant at) {
            return here.begin(claim, id, boot, at);
        }

        @Override
        public Optional<AttemptRow> find(AttemptId id) {
            return afar.get().attempts().find(id);
        }

        @Override
        public List<AttemptRow> of(RunId run) {
            return afar.get().attempts().of(run);
        }
    }

    @Override
    public RequestStore requests() {
        return new Requests(here.requests(), afar);
    }

    private record Requests(RequestStore here, Supplier<RemoteStore> afar) implements RequestStore {
        @Override
        public boolean ask(RunId run, Request.Kind kind, String body, String by, Instant at) {
            return here.ask(run, kind, body, by, at);
        }

        @Override
        public List<Request> of(RunId run) {
            return afar.get().requests().of(run);
        }

        @Override
        public void answered(Claim claim, long number) {
            here.answered(claim, number);
        }
    }

    @Override
    public LogStore logs() {
        return new Logs(here.logs(), afar);
    }

    private record Logs(LogStore here, Supplier<RemoteStore> afar) implements LogStore {
        @Override
        public void append(Claim claim, List<Chunk> chunks) {
            here.append(claim, chunks);
        }

        @Override
        public List<Chunk> read(AttemptId id, int from, int limit) {
            return afar.get().logs().read(id, from, limit);
        }

        @Override
        public List<Extent> extents(RunId run) {
            return afar.get().logs().extents(run);
        }

        @Override
        public long bytes(RunId run) {
            return here.bytes(run);
        }

        @Override
        public void delete(RunId run) {
            here.delete(run);
        }
    }

    @Override
    public ArtifactStore artifacts() {
        return new Artifacts(here.artifacts(), afar);
    }

    private record Artifacts(ArtifactStore here, Supplier<RemoteStore> afar)
            implements ArtifactStore {
        @Override
        public void keep(Claim claim, AttemptId id, String path, Path file, Instant at)
                throws IOException {
            here.keep(claim, id, path, file, at);
        }

        @Override
        public List<Artifact> of(RunId run) {
            return afar.get().artifacts().of(run);
        }

        @Override
        public void copy(Artifact artifact, Path target) throws IOException {
            afar.get().artifacts().copy(artifact, target);
        }

        @Override
        public InputStream open(Artifact artifact) throws IOException {
            return afar.get().artifacts().open(artifact);
        }

        @Override
        public void adopt(Claim claim, List<Artifact> artifacts) {
            here.adopt(claim, artifacts);
        }

        @Override
        public long sweep() {
            return here.sweep();
        }
    }

    // ---- what cannot be seen from afar

    @Override
    public PageStore pages() {
        return here.pages();
    }

    @Override
    public TimerStore timers() {
        return here.timers();
    }

    @Override
    public StateStore state() {
        return here.state();
    }

    @Override
    public EventStore events() {
        return here.events();
    }

    @Override
    public HookStore hooks() {
        return here.hooks();
    }

    @Override
    public WatcherStore watchers() {
        return here.watchers();
    }

    @Override
    public ScheduleStore schedules() {
        return here.schedules();
    }

    @Override
    public SecretStore secrets() {
        return here.secrets();
    }

    @Override
    public ClusterStore cluster() {
        return here.cluster();
    }

    @Override
    public void close() {
        closed = true;
        here.close();
    }
}
