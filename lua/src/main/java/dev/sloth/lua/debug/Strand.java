package dev.sloth.lua.debug;

import dev.sloth.lua.value.CallStack;
import dev.sloth.lua.value.Fiber;
import dev.sloth.lua.value.HostFunction;
import dev.sloth.lua.value.LuaError;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.LuaString;
import dev.sloth.lua.value.Multi;
import dev.sloth.lua.vm.Frame;
import dev.sloth.lua.vm.Sight;
import dev.sloth.lua.vm.Stop;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One state with watched scripts. It is stopped and goes on as a whole: of what runs beside each
/// other in a state, one has its turn at a time anyway.
public final class Strand {
    /// What lets an error go no further.
    private static final Set<String> CATCHERS = Set.of("pcall", "xpcall", "resume", "load");

    private final Debugger debugger;
    private final LuaState s;
    private final int id;
    private final Supplier<String> name;

    /// Those besides the host's calls; guarded by itself.
    private final IdentityHashMap<Fiber, Line> lines = new IdentityHashMap<>();

    private volatile boolean wanted;
    private volatile @Nullable Halt halt;

    // of whoever has the right to run in the state
    private Stepping stepping = Stepping.FREE;
    private boolean aside;
    private @Nullable LuaError known;

    Strand(Debugger debugger, LuaState s, int id, Supplier<String> name) {
        this.debugger = debugger;
        this.s = s;
        this.id = id;
        this.name = name;
    }

    /// Something that runs in a state: the calls of the host, or what was started beside them.
    public record Line(int id, String name, Strand strand) {}

    /// Stops it at the next statement that anything in the state comes to.
    public void pause() {
        wanted = true;
    }

    /// Ends whatever runs in it, for good.
    public void kill(String reason) {
        s.fibers().kill(reason);
    }

    /// Where it was stopped, if it is.
    public Optional<Halt> halt() {
        return Optional.ofNullable(halt);
    }

    Line main() {
        return new Line(id, name.get(), this);
    }

    /// What runs in it, the host's own call first.
    public List<Line> lines() {
        List<Line> all = new ArrayList<>();
        for (var fiber : CallStack.fibers(s)) {
            var line = line(fiber);
            if (!all.contains(line)) {
                all.add(line);
            }
        }
        synchronized (lines) {
            lines.keySet().removeIf(Fiber::isDone);
        }
        return all;
    }

    private Line line(Fiber fiber) {
        if (fiber.isHost()) {
            return main();
        }
        synchronized (lines) {
            return lines.computeIfAbsent(
                    fiber,
                    _ -> {
                        int number = debugger.nextLine();
                        return new Line(number, name.get() + ", goroutine " + number, this);
                    });
        }
    }

    List<Call> calls(int lineId) {
        return CallStack.fibers(s).stream()
                .filter(fiber -> line(fiber).id() == lineId)
                .findFirst()
                .map(fiber -> calls(CallStack.of(s, fiber)))
                .orElseThrow(() -> new Gone("this has ended"));
    }

    private static List<Call> calls(List<CallStack.Level> levels) {
        return levels.stream().map(Call::new).toList();
    }

    // ---- what runs tells

    /// @param first whether it is the first stop of its line that the call comes by
    void passes(Frame f, Stop stop, boolean first) {
        if (aside || debugger.isOff()) {
            return;
        }
        reason(f, stop, first).ifPresent(why -> halt(why, f, Optional.of(stop)));
    }

    private Optional<Reason> reason(Frame f, Stop stop, boolean first) {
        if (debugger.entry()) {
            return Optional.of(new Reason.Entry());
        }
        if (wanted) {
            return Optional.of(new Reason.Paused());
        }
        var hit = first ? hit(f, stop) : Optional.<Reason>empty();
        if (hit.isPresent()) {
            return hit;
        }
        return stepping.endsAt(s.fibers().current(), f, stop)
                ? Optional.of(new Reason.Stepped())
                : Optional.empty();
    }

    private Optional<Reason> hit(Frame f, Stop stop) {
        var points = debugger.breakpoints().at(stop.chunk(), stop.line());
        if (points.isEmpty()) {
            return Optional.empty();
        }
        List<Integer> hit = new ArrayList<>();
        var trouble = new StringBuilder();
        for (var point : points) {
            if (holds(f, stop, point, trouble) && point.counts()) {
                if (point.wanted().log().isEmpty()) {
                    hit.add(point.id());
                } else {
                    debugger.listener().said(log(f, point), stop.chunk(), stop.line());
                }
            }
        }
        return hit.isEmpty()
                ? Optional.empty()
                : Optional.of(new Reason.Hit(hit, trouble.toString()));
    }

    /// A condition that goes wrong is told, and holds: whoever wrote it wants to know.
    private boolean holds(Frame f, Stop stop, Breakpoints.Point point, StringBuilder trouble) {
        var condition = point.wanted().condition();
        if (condition.isBlank()) {
            return true;
        }
        return switch (watch(f, condition)) {
            case Watch.Outcome.Values(var values) -> Datum.first(values).isTrue();
            case Watch.Outcome.Failed(var message) -> {
                var told = "condition '%s': %s".formatted(condition, hidden(message));
                trouble.append(told);
                debugger.listener().said(told, stop.chunk(), stop.line());
                yield true;
            }
        };
    }

    private String log(Frame f, Breakpoints.Point point) {
        return LogText.filled(
                point.wanted().log(),
                expression ->
                        switch (watch(f, expression)) {
                            case Watch.Outcome.Values(var values) -> printed(values);
                            case Watch.Outcome.Failed(var message) -> "{" + hidden(message) + "}";
                        });
    }

    void raised(Frame f, LuaError error) {
        var which = debugger.errorStops();
        if (aside || debugger.isOff() || which == ErrorStops.NONE || isKnown(error)) {
            return;
        }
        known = error;
        if (which == ErrorStops.ALL || !isCaught()) {
            halt(new Reason.Raised(hidden(message(error))), f, Optional.empty());
        }
    }

    private static String message(LuaError error) {
        return String.valueOf(error.getMessage());
    }

    /// Whether it is one that was told already, perhaps in the words of another coroutine.
    @SuppressWarnings("ReferenceEquality") // this very error
    private boolean isKnown(LuaError error) {
        var before = known;
        return before != null && (error == before || error.getCause() == before);
    }

    private boolean isCaught() {
        return CallStack.of(s).stream()
                .anyMatch(level ->
                        level.running() instanceof HostFunction host
                                && CATCHERS.contains(host.name()));
    }

    private void halt(Reason why, Frame f, Optional<Stop> stop) {
        wanted = false;
        stepping = Stepping.FREE;
        var fiber = s.fibers().current();
        var levels = CallStack.of(s);
        var made = new Halt(this, s, why, line(fiber), calls(levels));
        halt = made;
        debugger.standstill().begin();
        try {
            if (debugger.isOff()) {
                return;
            }
            debugger.listener().stopped(made);
            var go = made.await();
            var under = levels.stream().map(CallStack.Level::running).toList();
            stepping = Stepping.of(go, Stepping.Origin.of(fiber, f, stop, under));
        } finally {
            // Who asked for a pause meanwhile has it.
            wanted = false;
            debugger.standstill().end();
            halt = null;
            debugger.listener().wentOn(made);
        }
    }

    // ---- what is asked meanwhile, on the thread that runs

    DebugLimits limits() {
        return debugger.limits();
    }

    Display display() {
        return new Display(s, debugger.limits(), debugger.hiding());
    }

    String hidden(String text) {
        return LuaString.ofBytes(debugger.hiding().apply(LuaString.of(text).bytes())).toString();
    }

    private Watch.Outcome watch(Frame f, String text) {
        return Sight.of(f)
                .map(sight -> watch(sight, text))
                .orElse(new Watch.Outcome.Failed("nothing can be seen from here"));
    }

    Watch.Outcome watch(Sight sight, String text) {
        return aside(() -> Watch.run(s, sight, text));
    }

    Watch.Outcome value(Sight sight, String text) {
        return aside(() -> Watch.value(s, sight, text));
    }

    private Watch.Outcome aside(Supplier<Watch.Outcome> watch) {
        boolean before = aside;
        aside = true;
        try (var limit =
                        s.fibers()
                                .limit(
                                        "it takes longer than "
                                                + limits().watchTime().toMillis()
                                                + " ms");
                var _ = debugger.after(limits().watchTime(), limit::expire)) {
            return watch.get();
        } finally {
            aside = before;
        }
    }

    Answer shown(Multi values) {
        if (values.count == 0) {
            return new Answer.Value(Datum.NIL, new Shown("", "", false, 0, 0), "");
        }
        var first = Datum.first(values);
        var shown = display().of(first);
        if (values.count > 1) {
            shown =
                    new Shown(
                            each(values),
                            shown.type(),
                            shown.opens(),
                            shown.items(),
                            shown.others());
        }
        return new Answer.Value(first, shown, printed(values));
    }

    Answer shown(Datum value) {
        return new Answer.Value(value, display().of(value), display().printed(value));
    }

    private String each(Multi values) {
        return data(values).stream().map(display()::text).collect(Collectors.joining(", "));
    }

    private String printed(Multi values) {
        return data(values).stream().map(display()::printed).collect(Collectors.joining("\t"));
    }

    private static List<Datum> data(Multi values) {
        List<Datum> all = new ArrayList<>();
        for (int i = 0; i < values.count; i++) {
            all.add(new Datum(values.d[i], values.o[i]));
        }
        return all;
    }
}
