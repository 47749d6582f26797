package dev.sloth.cli.serve;

import dev.sloth.agent.AttemptOutput;
import dev.sloth.agent.Channel;
import dev.sloth.agent.HookCall;
import dev.sloth.agent.HookEnd;
import dev.sloth.agent.HookExecutor;
import dev.sloth.api.workflow.AttemptId;
import dev.sloth.api.workflow.Problems;
import dev.sloth.core.event.EventStream;
import dev.sloth.core.hook.Deliveries;
import dev.sloth.core.hook.Deliveries.Owed;
import dev.sloth.core.hook.Deliveries.Result;
import dev.sloth.core.hook.Intake;
import dev.sloth.core.store.StoreFailure;
import dev.sloth.core.store.event.HookRow;
import dev.sloth.core.store.news.Bell;
import dev.sloth.dsl.Source;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Lets hooks react to what happens: reads the events that come, and hands what is owed to the
/// executor of hooks, a few at a time. Several may work on one store: each delivery is tried by one
/// of them.
public final class HookResident implements Resident {
    /// How long to wait at once: longer than that nobody depends on being told.
    private static final Duration WAIT_MAX = Duration.ofSeconds(10);

    /// How long to wait when the store fails.
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /// How often it is looked what is old, and who is gone.
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

    /// How many calls are made at the same time, of all hooks together.
    private static final int CALLS_MAX = 64;

    private static final int OUTPUT_LINE_MAX = 4_096;

    private final EventStream stream;
    private final Intake intake;
    private final Deliveries deliveries;
    private final HookExecutor executor;
    private final Scripts scripts;
    private final Upkeep upkeep;
    private final Predicate<String> gone;
    private final HookListener listener;
    private final InstantSource time;
    private final int parallel;
    private final Bell bell = new Bell();

    /// Who calls which hook.
    private final Map<Thread, Long> busy = new ConcurrentHashMap<>();

    private Optional<Thread> reader = Optional.empty();
    private Instant looked = Instant.EPOCH;

    /// The hooks of which it was said that they are owed all they may be.
    private Set<String> full = Set.of();

    private volatile boolean stopping;

    /// What is done beside the hooks, once in a while.
    @FunctionalInterface
    public interface Upkeep {
        void sweep();
    }

    /// Reads the scripts of hooks.
    @FunctionalInterface
    public interface Scripts {
        /// @throws Problems when there is no such file, or it is no script
        Source read(String file);
    }

    /// @param gone judges the owner of a delivery
    /// @param parallel how many calls of one hook are made at the same time
    public HookResident(
            EventStream stream,
            Intake intake,
            Deliveries deliveries,
            HookExecutor executor,
            Scripts scripts,
            Upkeep upkeep,
            Predicate<String> gone,
            HookListener listener,
            InstantSource time,
            int parallel) {
        this.stream = stream;
        this.intake = intake;
        this.deliveries = deliveries;
        this.executor = executor;
        this.scripts = scripts;
        this.upkeep = upkeep;
        this.gone = gone;
        this.listener = listener;
        this.time = time;
        this.parallel = parallel;
    }

    @Override
    public String name() {
        return "hooks";
    }

    @Override
    public void start(Consumer<RuntimeException> fault) {
        reader = Optional.of(Thread.ofPlatform().name("hooks").start(() -> serve(fault)));
    }

    private void serve(Consumer<RuntimeException> fault) {
        try (var _ = stream.listen(bell::ring)) {
            while (!stopping) {
                long heard = bell.rings();
                bell.await(heard, round());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            fault.accept(e);
        }
    }

    /// Reads on and hands out; how long to wait until there may be more to do.
    private Duration round() {
        try {
            lookAfter();
            var step = intake.step();
            tell(step);
            boolean handed = handOut();
            return step.more() || handed ? Duration.ZERO : untilDue();
        } catch (StoreFailure e) {
            listener.note("hooks wait for the store: " + e.getMessage());
            return PAUSE;
        }
    }

    private void lookAfter() {
        var now = time.instant();
        if (now.isBefore(looked.plus(LOOK_EVERY))) {
            return;
        }
        looked = now;
        deliveries.takeOver(gone);
        int dead = deliveries.sweep();
        if (dead > 0) {
            listener.note("%d dead deliveries went, since there were too many".formatted(dead));
        }
        upkeep.sweep();
    }

    private void tell(Intake.Step step) {
        step.full().stream()
                .filter(hook -> !full.contains(hook))
                .forEach(hook ->
                        listener.note(
                                "the hook %s is owed as much as hooks.max_pending allows: no more is read for it until it has caught up"
                                        .formatted(hook)));
        full = Set.copyOf(step.full());
        step.missed()
                .forEach(hook ->
                        listener.note(
                                "changes of shared state were forgotten before the hook %s was told of them: raise state.history"
                                        .formatted(hook)));
        step.cut()
                .forEach(event ->
                        listener.note(
                                "hooks are not told of event %s, which ends too long a chain of causes: `sloth-runner events show %s` shows it"
                                        .formatted(event, event)));
    }

    private Duration untilDue() {
        var soonest = time.instant().plus(WAIT_MAX);
        for (var hook : deliveries.hooks()) {
            var due = free(hook) > 0 ? deliveries.nextDue(hook) : Instant.MAX;
            soonest = due.isBefore(soonest) ? due : soonest;
        }
        var wait = Duration.between(time.instant(), soonest);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    /// How many more calls of a hook may begin: one that is slow holds up nobody else.
    private int free(HookRow hook) {
        long calls = busy.values().stream().filter(number -> number == hook.number()).count();
        return (int) Math.min(parallel - calls, (long) CALLS_MAX - busy.size());
    }

    /// Looks first: taking is a write, of which others are told.
    private boolean handOut() {
        boolean handed = false;
        for (var hook : deliveries.hooks()) {
            int free = free(hook);
            if (free > 0 && !stopping && !deliveries.nextDue(hook).isAfter(time.instant())) {
                var owed = deliveries.take(hook, free);
                owed.forEach(this::start);
                handed |= !owed.isEmpty();
            }
        }
        return handed;
    }

    /// On a thread of the system, since virtual ones get no turn while scripts are busy.
    private void start(Owed owed) {
        var thread =
                Thread.ofPlatform()
                        .name("hook " + owed.hook().name())
                        .unstarted(() -> {
                            try {
                                call(owed);
                            } finally {
                                busy.remove(Thread.currentThread());
                                bell.ring();
                            }
                        });
        busy.put(thread, owed.hook().number());
        thread.start();
    }

    private void call(Owed owed) {
        var output = new Output();
        var end = called(owed, output);
        if (end instanceof HookEnd.Cancelled) {
            return;
        }
        try {
            var result = result(end, output);
            var state = deliveries.keep(owed, result);
            if (!(result instanceof Result.Unwanted)) {
                listener.called(owed, state, message(end));
            }
        } catch (StoreFailure e) {
            listener.note(
                    "what the hook %s did is not kept, it may be called again: %s"
                            .formatted(owed.hook().name(), e.getMessage()));
        }
    }

    private HookEnd called(Owed owed, AttemptOutput output) {
        try {
            var row = owed.row();
            var call =
                    new HookCall(
                            owed.hook().name(),
                            "hook-" + row.number(),
                            row.attempts() + 1,
                            scripts.read(owed.hook().file()),
                            owed.hook().condition(),
                            owed.event(),
                            owed.hook().timeout(),
                            owed.causes());
            return executor.call(call, output);
        } catch (Problems | StoreFailure e) {
            return new HookEnd.Failed(String.valueOf(e.getMessage()));
        }
    }

    private static Result result(HookEnd end, Output output) {
        return switch (end) {
            case HookEnd.Unwanted _, HookEnd.Cancelled _ -> new Result.Unwanted();
            case HookEnd.Done(var message) -> new Result.Done(message, output.text());
            case HookEnd.Failed(var message) -> new Result.Failed(message, output.text());
        };
    }

    private static String message(HookEnd end) {
        return switch (end) {
            case HookEnd.Unwanted _, HookEnd.Cancelled _ -> "";
            case HookEnd.Done(var message) -> message;
            case HookEnd.Failed(var message) -> message;
        };
    }

    /// What one call said: the last of it.
    private static final class Output implements AttemptOutput {
        private static final int LINES_MAX = 1_000;
        private final List<String> lines = new ArrayList<>();

        @Override
        public synchronized void line(AttemptId attempt, Channel channel, String line) {
            if (lines.size() == LINES_MAX) {
                lines.removeFirst();
            }
            var text = channel instanceof Channel.Log(var level) ? level + " " + line : line;
            lines.add(text.length() > OUTPUT_LINE_MAX ? text.substring(0, OUTPUT_LINE_MAX) : text);
        }

        synchronized String text() {
            return String.join("\n", lines);
        }
    }

    /// What is under way may go on for the grace; others may take at once what is not over by then.
    @Override
    public void stop(Duration grace) throws InterruptedException {
        long deadline = System.nanoTime() + grace.toNanos();
        stopping = true;
        bell.ring();
        if (reader.isPresent()) {
            reader.get().join();
        }
        var last = List.copyOf(busy.keySet());
        for (var thread : last) {
            boolean _ = thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
        for (var thread : last) {
            thread.interrupt();
            thread.join();
        }
        try {
            deliveries.giveBack();
        } catch (StoreFailure e) {
            listener.note("the deliveries of this process are not given back: " + e.getMessage());
        }
    }
}
