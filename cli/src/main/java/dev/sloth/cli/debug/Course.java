package dev.sloth.cli.debug;

import dev.sloth.lua.debug.Debugger;
import dev.sloth.lua.debug.Strand;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.debug.OutputEventArgumentsCategory;

/// What is debugged, from the editor's wish to its end.
final class Course {
    private static final String STOPPED = "ended by the debugger";

    private final Debuggee debuggee;
    private final Debugger debugger;
    private final News news;
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();

    // guarded by this
    private Optional<Debuggee.Prepared> prepared = Optional.empty();
    private Optional<Runnable> stopper = Optional.empty();
    private boolean began;
    private boolean stopping;
    private boolean leftAlone;

    Course(Debuggee debuggee, Debugger debugger, News news) {
        this.debuggee = debuggee;
        this.debugger = debugger;
        this.news = news;
    }

    /// Makes ready what the editor wants.
    ///
    /// @throws dev.sloth.api.workflow.Problems when that cannot be
    void launch(Map<String, Object> arguments) {
        var launch = Launch.of(arguments);
        synchronized (this) {
            if (prepared.isPresent()) {
                throw Refusal.of("something was launched already");
            }
            prepared = Optional.of(debuggee.prepare(launch));
        }
        if (launch.noDebug()) {
            debugger.close();
        } else if (launch.stopOnEntry()) {
            debugger.stopAtEntry();
        }
    }

    /// Where its scripts are.
    Sources sources() {
        return ready().sources();
    }

    private synchronized Debuggee.Prepared ready() {
        return prepared.orElseThrow(() -> Refusal.of("nothing was launched yet"));
    }

    /// Whether something can be begun.
    void check() {
        var _ = ready();
    }

    /// Begins; it goes on by itself from here.
    void begin() {
        var what = ready();
        synchronized (this) {
            if (began || stopping) {
                return;
            }
            began = true;
        }
        Thread.ofPlatform().daemon().name("debuggee").start(() -> run(what));
    }

    private void run(Debuggee.Prepared what) {
        try {
            int code = written(what);
            news.over(code);
            ended.complete(code);
        } finally {
            // whatever it was, nobody is to wait for it any more
            ended.completeExceptionally(new IllegalStateException("it ended without an answer"));
        }
    }

    /// Runs it; all that it has written is told when it has ended.
    private int written(Debuggee.Prepared what) {
        try (var out = output(OutputEventArgumentsCategory.STDOUT);
                var err = output(OutputEventArgumentsCategory.STDERR)) {
            return what.run(new Debuggee.Around(debugger, out, err, this::stoppable));
        }
    }

    private PrintStream output(String category) {
        return OutputLines.to(text -> news.say(category, text));
    }

    private void stoppable(Runnable stop) {
        boolean now;
        synchronized (this) {
            stopper = Optional.of(stop);
            now = stopping;
        }
        if (now) {
            stop.run();
        }
    }

    /// Ends it, as Ctrl-C would; what is only read yet is ended at once.
    void stop() {
        Optional<Runnable> how;
        synchronized (this) {
            if (stopping || leftAlone) {
                return;
            }
            stopping = true;
            how = stopper;
        }
        if (how.isPresent()) {
            how.get().run();
        } else {
            debugger.strands().forEach(Course::kill);
        }
    }

    /// Lets it go on without a debugger.
    void leaveAlone() {
        synchronized (this) {
            leftAlone = true;
        }
        debugger.close();
    }

    synchronized boolean isLeftAlone() {
        return leftAlone;
    }

    private static void kill(Strand strand) {
        strand.kill(STOPPED);
    }

    /// Completes at its end, at once if it was not begun.
    synchronized CompletableFuture<?> end() {
        return began
                ? ended.handle((_, _) -> OptionalInt.empty())
                : CompletableFuture.completedFuture(OptionalInt.empty());
    }

    /// Its exit code, once it has ended; nothing if it did not begin.
    OptionalInt code() {
        return ended.isDone() && !ended.isCompletedExceptionally()
                ? OptionalInt.of(ended.join())
                : OptionalInt.empty();
    }
}
