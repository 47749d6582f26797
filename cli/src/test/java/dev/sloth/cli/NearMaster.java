package dev.sloth.cli;

import dev.sloth.agent.RunSecrets;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.cli.config.Config;
import dev.sloth.cli.config.Layers;
import dev.sloth.cli.view.Board;
import dev.sloth.core.run.Reuse;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.store.NewRun;
import dev.sloth.drive.KeptRuns;
import dev.sloth.drive.KeptScript;
import dev.sloth.drive.Lease;
import dev.sloth.dsl.Source;
import dev.sloth.master.Master;
import dev.sloth.master.MasterConfig;
import dev.sloth.master.rpc.Door.Kept;
import dev.sloth.master.run.Submission;
import dev.sloth.store.sqlite.SqliteStore;
import dev.sloth.store.sqlite.StoreConfig;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A master in this process. Its store is the one in the home folder of a door, so that what was
/// run there can be looked at both ways; what is handed over to it is done by its own process.
final class NearMaster implements AutoCloseable {
    private static final InstantSource TIME = InstantSource.system();

    private final Door door;
    private final Path data;
    private final SqliteStore store;
    private final KeptRuns runs;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Master master;

    NearMaster(Door door) {
        this.door = door;
        this.data = door.folder().resolve("master-data");
        var home = door.caller().home();
        this.store = SqliteStore.open(home, StoreConfig.DEFAULT, TIME);
        this.runs = new KeptRuns(store, ThisProcess.owner(), ThisProcess::fate, TIME);
        this.master = started(0);
    }

    private Master started(int port) {
        return Master.start(
                MasterConfig.of("1.0", port, data),
                new Kept(store, ThisProcess::fate, this::submit),
                new SecureRandom(),
                TIME,
                _ -> {});
    }

    /// Ends it while `meanwhile` happens, and starts it again where it was.
    void awayWhile(Runnable meanwhile) {
        int port = master.port();
        master.close();
        meanwhile.run();
        master = started(port);
    }

    /// Asks it.
    Door.Answer call(String... words) {
        return door.call(at(words));
    }

    /// The same words with its address and the credentials of its administrator.
    String[] at(String... words) {
        var all = new ArrayList<>(Arrays.asList(words));
        all.addAll(
                List.of(
                        "--master",
                        "127.0.0.1:" + master.port(),
                        "--credentials",
                        data.resolve("admin.pem").toString()));
        return all.toArray(String[]::new);
    }

    private void submit(Submission wanted) {
        var kept = new CompletableFuture<Boolean>();
        threads.execute(() -> {
            try {
                drive(wanted, kept);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                kept.completeExceptionally(e);
            }
        });
        var _ = kept.join();
    }

    private void drive(Submission wanted, CompletableFuture<Boolean> kept)
            throws InterruptedException {
        var caller = door.caller();
        var config = Layers.read(caller.home(), Map.of(), Map.of()).config();
        var made =
                new NewRun(
                        wanted.id(),
                        wanted.workflow().name(),
                        wanted.script(),
                        TIME.instant(),
                        wanted.labels(),
                        wanted.files(),
                        wanted.contents(),
                        runs.owner(),
                        TIME.instant().plus(Lease.TTL));
        var view = new Heard(new PlainRunView(new Board(wanted.workflow()), Door.nowhere()), kept);
        try (var parts =
                Wiring.submitted(
                        caller, config, runs, order(wanted, config), made, Reuse.NOTHING, view)) {
            var _ = parts.drive().report();
        }
    }

    private static Wiring.Order order(Submission wanted, Config config) {
        var script = KeptScript.fresh();
        return new Wiring.Order(
                Wiring.scripts(config),
                Source.read(Path.of(wanted.script()), script.files()),
                script,
                wanted.workflow(),
                RunSecrets.NONE,
                wanted.values());
    }

    /// Tells when the run is kept.
    private record Heard(RunView view, CompletableFuture<Boolean> kept) implements RunView {
        @Override
        public void event(RunEvent event) {
            view.event(event);
            kept.complete(true);
        }

        @Override
        public void line(AttemptId attempt, String line) {
            view.line(attempt, line);
        }

        @Override
        public void note(String line) {
            view.note(line);
        }

        @Override
        public void close() {
            view.close();
        }
    }

    @Override
    public void close() {
        master.close();
        threads.shutdownNow();
        threads.close();
        store.close();
    }
}
