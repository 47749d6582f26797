package dev.sloth.cli;

import dev.sloth.agent.RunSecrets;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.cli.config.Config;
import dev.sloth.cli.config.Layers;
import dev.sloth.core.run.Reuse;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunStatus;
import dev.sloth.drive.KeptRuns;
import dev.sloth.drive.KeptScript;
import dev.sloth.dsl.Scripts;
import dev.sloth.dsl.Source;
import dev.sloth.master.afar.Place;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// Runs scripts one after the other in a process that stays, as peers' servers do: its store is
/// open and its code is warm.
final class WarmRunner implements AutoCloseable {
    private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());

    private final Caller caller;
    private final Config config;
    private final Scripts reader;
    private final KeptRuns runs;

    WarmRunner(Path folder) {
        var environment = Map.of("SLOTH_HOME", folder.resolve("home").toString());
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
        this.reader = Wiring.scripts(config);
        this.runs = Wiring.keptRuns(caller);
    }

    /// How one run went; moments are those of [System#nanoTime].
    ///
    /// @param given when there was only the script's file
    /// @param submitted when the workflow was defined, which peers do once and beforehand
    /// @param firstLine when a task first printed something
    record Times(long given, long submitted, long firstLine, long ended) {
        long startFromFile() {
            return firstLine - given;
        }

        long start() {
            return firstLine - submitted;
        }

        long whole() {
            return ended - given;
        }
    }

    /// From the script's text to the end of its run.
    Times run(Path script, boolean durable) throws InterruptedException {
        var line = new AtomicLong();
        long begin = System.nanoTime();
        var order = order(script);
        long submitted = System.nanoTime();
        try (var parts = parts(order, durable, new FirstLine(line))) {
            var report = parts.drive().report();
            if (report.status() != RunStatus.SUCCEEDED) {
                throw new IllegalStateException(script + " ended as " + report);
            }
        }
        return new Times(begin, submitted, line.get(), System.nanoTime());
    }

    private Wiring.Order order(Path script) {
        var kept = KeptScript.fresh();
        var source = Source.read(script, kept.files());
        try (var processes = Wiring.processes(caller, config);
                var shared = Wiring.stateAndEvents(caller, config)) {
            var around = Wiring.surroundings(config, caller.folder(), processes, shared, NOWHERE);
            var values = new DataTable();
            var defined = reader.define(source, values, around);
            var workflow = defined.workflows().getFirst();
            return new Wiring.Order(reader, source, kept, workflow, RunSecrets.NONE, values);
        }
    }

    private RunParts parts(Wiring.Order order, boolean durable, RunView view) {
        if (!durable) {
            return Wiring.inMemory(caller, config, order, Wiring.newId(), view);
        }
        var made = order.script().made(order.source());
        var run =
                Submission.of(
                        Wiring.newId(),
                        runs,
                        order,
                        Map.of(),
                        made.files(),
                        List.copyOf(made.contents()));
        return Wiring.submitted(caller, config, runs, order, run, Reuse.NOTHING, view);
    }

    private record FirstLine(AtomicLong at) implements RunView {
        @Override
        public void event(RunEvent event) {}

        @Override
        public void line(AttemptId attempt, String line) {
            at.compareAndSet(0, System.nanoTime());
        }

        @Override
        public void begun(AttemptId attempt, String agent) {}

        @Override
        public void answered(AttemptId attempt, String agent) {}

        @Override
        public void note(String line) {}

        @Override
        public void placed(Place.Of place) {}

        @Override
        public void close() {}
    }

    @Override
    public void close() {
        runs.close();
    }
}
