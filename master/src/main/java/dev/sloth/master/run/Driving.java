package dev.sloth.master.run;

import dev.sloth.api.secret.Secrets;
import dev.sloth.api.value.Value;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Workflow;
import dev.sloth.codec.ValueFormat;
import dev.sloth.core.run.Journal;
import dev.sloth.core.run.Reuse;
import dev.sloth.core.run.RunEvent;
import dev.sloth.core.run.RunReport;
import dev.sloth.core.store.Claim;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.NewRun;
import dev.sloth.core.store.RunFile;
import dev.sloth.drive.Adopting;
import dev.sloth.drive.Adoption;
import dev.sloth.drive.KeptRuns;
import dev.sloth.drive.Lease;
import dev.sloth.drive.LocalRun;
import dev.sloth.drive.OnceHands;
import dev.sloth.drive.RunListener;
import dev.sloth.drive.SteadyTime;
import dev.sloth.drive.StoreTenancy;
import dev.sloth.master.dispatch.Fleet;
import dev.sloth.wire.WorkOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Drives one run with agents for hands.
///
/// @param chance gives texts that were never given before
record Driving(KeptRuns runs, Fleet fleet, InstantSource clock, Supplier<String> chance) {
    /// How long what works for a run may take to let go when the run itself cannot go on.
    private static final Duration END_WAIT = Duration.ofSeconds(5);

    /// What is to be driven.
    ///
    /// @param secrets closed with it
    /// @param labels of the run
    /// @param reuse what it takes over from an earlier run
    /// @param last before which no clock of the run may be
    record Subject(
            Claim claim,
            Workflow workflow,
            Value values,
            Secrets secrets,
            List<RunFile> files,
            Map<String, String> labels,
            Reuse reuse,
            Journal journal,
            Instant last) {}

    /// How it is begun.
    @FunctionalInterface
    interface Beginning {
        RunReport drive(LocalRun run) throws InterruptedException;
    }

    /// @param here hears of the run while agents may work for it
    /// @param heard hears what is decided, once it is kept
    RunReport drive(
            Subject subject,
            Beginning beginning,
            Consumer<ActiveRun> here,
            Consumer<RunEvent> heard)
            throws InterruptedException {
        var store = runs.store();
        var claim = subject.claim();
        var time = SteadyTime.notBefore(subject.last());
        var adoption = new Adoption(store.artifacts(), subject.reuse());
        var values = Content.of(ValueFormat.bytes(subject.values()));
        try (var active =
                new ActiveRun(
                        store,
                        claim,
                        subject.files(),
                        values,
                        subject.secrets(),
                        causes(subject.labels()),
                        time)) {
            var hands =
                    new FleetHands(
                            fleet, active, work -> body(subject, active, work), chance, time);
            var lease = new Lease(store.runs(), claim, clock);
            var once =
                    new OnceHands(hands, store.attempts(), lease, claim, runs.owner().boot(), time);
            var run =
                    new LocalRun(
                            subject.journal(),
                            once,
                            new Adopting(new Listener(heard), adoption, claim),
                            time,
                            new StoreTenancy(store, claim, lease, time),
                            END_WAIT);
            here.accept(active);
            return beginning.drive(run);
        } finally {
            runs.leave(claim);
        }
    }

    private static byte[] body(Subject subject, ActiveRun active, WorkOrder.Work work) {
        var workflow = subject.workflow();
        var files =
                subject.files().stream()
                        .map(file ->
                                new WorkOrder.File(role(file.role()), file.path(), file.content()))
                        .toList();
        return new WorkOrder(
                        active.id().text(),
                        workflow.name(),
                        files,
                        active.values(),
                        workflow.permissions(),
                        !workflow.secrets().isEmpty(),
                        active.causes(),
                        work)
                .bytes();
    }

    private static List<String> causes(Map<String, String> labels) {
        var because = labels.getOrDefault(NewRun.BECAUSE, "");
        return because.isEmpty() ? List.of() : Arrays.asList(because.split(NewRun.THEN, -1));
    }

    private static WorkOrder.File.Role role(RunFile.Role role) {
        return switch (role) {
            case SCRIPT -> WorkOrder.File.Role.SCRIPT;
            case IMPORT -> WorkOrder.File.Role.IMPORT;
            case VALUES -> WorkOrder.File.Role.VALUES;
            case LINK -> WorkOrder.File.Role.LINK;
            case PROJECT -> WorkOrder.File.Role.PROJECT;
            case FILE -> WorkOrder.File.Role.FILE;
            case PROGRAM -> WorkOrder.File.Role.PROGRAM;
        };
    }

    /// What is printed comes through agents, not through here.
    private record Listener(Consumer<RunEvent> heard) implements RunListener {
        @Override
        public void event(RunEvent event) {
            heard.accept(event);
        }

        @Override
        public void line(AttemptId attempt, String line) {}

        @Override
        public void note(String line) {}
    }
}
