package dev.sloth.cli;

import dev.sloth.agent.process.ChildProcesses;
import dev.sloth.agent.watch.Watching;
import dev.sloth.api.event.Watcher;
import dev.sloth.cli.config.Config;
import dev.sloth.cli.config.EventConfig;
import dev.sloth.cli.serve.HookListener;
import dev.sloth.cli.serve.HookResident;
import dev.sloth.cli.serve.OnlyOne;
import dev.sloth.cli.serve.Resident;
import dev.sloth.cli.serve.WatchResident;
import dev.sloth.core.event.EventStream;
import dev.sloth.core.event.WatcherFormat;
import dev.sloth.core.hook.Deliveries;
import dev.sloth.core.hook.Deliveries.Owed;
import dev.sloth.core.hook.HookLimits;
import dev.sloth.core.hook.Intake;
import dev.sloth.core.store.Owner;
import dev.sloth.core.store.RunStore.Fate.Verdict;
import dev.sloth.core.store.event.DeliveryRow;
import dev.sloth.drive.KeptRuns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;

/// What `serve` does beside schedules: watches, and lets hooks react to what happens.
final class Reactions implements AutoCloseable {
    private final Caller caller;
    private final Config config;
    private final KeptRuns runs;
    private final ServeNews news;
    private final InstantSource time;
    private final StateAndEvents shared;
    private final ChildProcesses processes;

    Reactions(Caller caller, Config config, KeptRuns runs, ServeNews news, InstantSource time) {
        this.caller = caller;
        this.config = config;
        this.runs = runs;
        this.news = news;
        this.time = time;
        this.shared = Wiring.stateAndEvents(caller, config);
        this.processes = Wiring.processes(caller, config);
    }

    ChildProcesses processes() {
        return processes;
    }

    /// In the order in which they start.
    List<Resident> residents() {
        // What expires is an event, whether or not a hook ever uses the state.
        shared.openState().sweep();
        return List.of(hooks(), new WatchResident(this::watching));
    }

    private String space() {
        return config.shared().namespace();
    }

    private Resident hooks() {
        var store = runs.store();
        var stream = new EventStream(store, space());
        var limits = limits(config.events());
        var self = runs.owner().text();
        return new HookResident(
                stream,
                new Intake(store.hooks(), stream, space(), limits, time),
                new Deliveries(store.hooks(), space(), self, limits, time),
                Wiring.hookExecutor(caller, config, processes, shared),
                file -> HookShelf.read(caller.home(), file),
                this::forget,
                owner -> ThisProcess.fate(Owner.parse(owner)) == Verdict.GONE,
                new Told(),
                time,
                config.events().parallel());
    }

    private static HookLimits limits(EventConfig config) {
        var usual = HookLimits.DEFAULT;
        return new HookLimits(
                config.maxPending(),
                config.history(),
                config.maxDead(),
                usual.retryFirst(),
                usual.retryMax(),
                config.maxChain(),
                usual.outputMax());
    }

    private void forget() {
        OldEvents.forget(runs.store().events(), config.events(), time.instant());
    }

    private Watching watching() throws IOException {
        var us = new OnlyOne(caller.home().resolve("hooks").resolve("watching.lock"));
        return new Watching(
                () -> wanted(us), shared.events(), processes, Wiring.shell(), this::note);
    }

    /// Nothing while another process watches.
    private List<Watcher> wanted(OnlyOne us) {
        try {
            return us.isUs()
                    ? runs.store().watchers().list(space()).stream()
                            .map(WatcherFormat::watcher)
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void note(String message) {
        news.tell(news.event("note").with("message", message), message);
    }

    /// Says what hooks did.
    private final class Told implements HookListener {
        @Override
        public void called(Owed owed, DeliveryRow.State state, String message) {
            var row = owed.row();
            var word =
                    switch (state) {
                        case DONE -> "done";
                        case PENDING -> "failed, to be tried again";
                        case DEAD -> "dead";
                    };
            news.tell(
                    news.event("hook")
                            .with("hook", owed.hook().name())
                            .with("delivery", row.number())
                            .with("event_id", row.event())
                            .with("type", row.type())
                            .with("subject", row.subject())
                            .with("result", word)
                            .with("message", message),
                    "hook %s  %s %s  %s%s"
                            .formatted(
                                    owed.hook().name(),
                                    row.type(),
                                    row.event(),
                                    word,
                                    message.isEmpty() ? "" : ": " + message));
        }

        @Override
        public void note(String message) {
            Reactions.this.note(message);
        }
    }

    @Override
    public void close() {
        try (shared) {
            processes.close();
        }
    }
}
