package dev.sloth.cli;

import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.RunId;
import dev.sloth.cli.config.Config;
import dev.sloth.cli.config.Layers;
import dev.sloth.core.journal.SubmittedDocuments;
import dev.sloth.core.store.RunRow;
import dev.sloth.drive.KeptScript;
import dev.sloth.dsl.Source;
import dev.sloth.master.afar.Handover;
import dev.sloth.master.afar.Pursuit;
import dev.sloth.master.afar.RemoteStore;
import dev.sloth.master.afar.RunsFromAfar;
import dev.sloth.wire.Credentials;
import dev.sloth.wire.MasterAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Hands runs over to a master as `run --master` does, from a process that is warm.
final class SwarmRuns implements AutoCloseable {
    private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Path folder;
    private final Caller caller;
    private final Config config;
    private final RunsFromAfar asking;
    private final RemoteStore store;

    SwarmRuns(Path folder, MasterAddress master, Credentials administrator) {
        this.folder = folder;
        var environment = Map.of("SLOTH_HOME", folder.resolve("submitter").toString());
        this.caller =
                new Caller(
                        InputStream.nullInputStream(),
                        NOWHERE,
                        NOWHERE,
                        environment,
                        folder,
                        false,
                        false);
        this.config = Layers.read(caller.home(), environment, Map.of()).config();
        this.asking = RunsFromAfar.open(master, administrator, InstantSource.system());
        this.store = new RemoteStore(asking);
    }

    RemoteStore store() {
        return store;
    }

    /// Reads a script, once for as many runs as are wanted of it.
    Handover defined(String name, String script) throws IOException {
        var file = Files.writeString(folder.resolve(name + ".sloth"), script);
        var kept = KeptScript.fresh();
        var source = Source.read(file, kept.files());
        var reader = Wiring.scripts(config);
        try (var processes = Wiring.processes(caller, config);
                var shared = Wiring.stateAndEvents(caller, config)) {
            var around = Wiring.surroundings(config, folder, processes, shared, NOWHERE);
            var values = new DataTable();
            var workflow = reader.define(source, values, around).workflows().getFirst();
            var made = kept.made(source);
            return new Handover(
                    Wiring.newId(),
                    file.toString(),
                    Map.of(),
                    made.files(),
                    java.util.List.copyOf(made.contents()),
                    SubmittedDocuments.of(workflow),
                    SubmittedDocuments.of(values));
        }
    }

    /// The same once more, as another run.
    static Handover again(Handover one) {
        return new Handover(
                Wiring.newId(),
                one.script(),
                one.labels(),
                one.files(),
                one.texts(),
                one.workflow(),
                one.values());
    }

    /// When this returns, the run is on the disk of the master.
    void submit(Handover run) {
        if (!asking.submit(run)) {
            throw new IllegalStateException("there was a run " + run.run());
        }
    }

    /// Waits until a run has ended well.
    void awaitEnd(RunId run) {
        try (Pursuit pursuit = store.follow(run)) {
            boolean over = false;
            while (!over) {
                over = pursuit.next(LOOK).filter(stand -> stand.ended()).isPresent();
            }
        }
        var status = row(run).map(row -> row.progress().status()).orElse("gone");
        if (!status.equals("succeeded")) {
            throw new IllegalStateException(
                    "run %s ended as %s: %s"
                            .formatted(run, status, row(run).map(row -> row.progress().message())));
        }
    }

    private Optional<RunRow> row(RunId run) {
        return store.runs().find(run);
    }

    @Override
    public void close() {
        store.close();
    }
}
