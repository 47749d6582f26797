package dev.sloth.dsl.bind;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Concurrency;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Keeper;
import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.value.Value;
import dev.sloth.lua.value.Fiber;
import dev.sloth.lua.value.LuaCoroutine;
import dev.sloth.lua.value.LuaError;
import dev.sloth.lua.value.LuaFunction;
import dev.sloth.lua.value.LuaState;
import dev.sloth.lua.value.TimeLimit;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Functions of one state beside each other, on the state's own fibers.
public final class Fibres implements Concurrency {
    private final Border border;
    private final LuaState s;

    public Fibres(Border border) {
        this.border = border;
        this.s = border.state();
    }

    @Override
    public void spawn(Value.Callable function, List<Value> arguments, Consumer<Ending> ended) {
        double d = border.toLua(function);
        if (!(s.out instanceof LuaFunction body)) {
            throw new IllegalStateException("a callable became a " + d);
        }
        try {
            s.fibers().spawn(body, border.toLua(arguments), fiber -> ended.accept(endingOf(fiber)));
        } catch (LuaError e) {
            throw refused(e);
        }
    }

    /// Without the place of the call, which is put before each failure of a call.
    private CallFailure refused(LuaError e) {
        var message = String.valueOf(e.getMessage());
        var place = s.where(1);
        return new CallFailure(
                message.startsWith(place) ? message.substring(place.length()) : message, e);
    }

    private Ending endingOf(Fiber fiber) {
        return fiber.failure()
                .<Ending>map(e ->
                        new Ending.Raised(
                                String.valueOf(e.getMessage()), border.toHost(e.d(), e.o())))
                .orElseGet(() -> new Ending.Returned(border.toHost(fiber.results())));
    }

    @Override
    public Object current() {
        return s.fibers().current();
    }

    @Override
    public BooleanSupplier underWay() {
        var coroutine = s.coroutine();
        return coroutine == null ? () -> true : () -> isUnderWay(coroutine);
    }

    private static boolean isUnderWay(LuaCoroutine coroutine) {
        return switch (coroutine.status()) {
            case RUNNING, NORMAL -> true;
            case SUSPENDED, DEAD -> false;
        };
    }

    @Override
    public Waiter waiter(Supplier<String> what, Keeper keeper) {
        return new Parking(what, keeper);
    }

    /// A wait for one wake, whoever comes first.
    private final class Parking implements Waiter {
        private final Supplier<String> what;
        private final Keeper keeper;
        private volatile boolean woken;
        private volatile @Nullable Fiber waiting;

        Parking(Supplier<String> what, Keeper keeper) {
            this.what = what;
            this.keeper = keeper;
        }

        @Override
        public boolean park(Duration timeout) {
            waiting = s.fibers().current();
            boolean forever = timeout.isZero();
            long deadline = System.nanoTime() + (forever ? 0 : timeout.toNanos());
            while (!woken) {
                long left = deadline - System.nanoTime();
                if (!forever && left <= 0) {
                    return false;
                }
                parkOnce(forever ? Duration.ZERO : Duration.ofNanos(left));
            }
            return true;
        }

        private void parkOnce(Duration longest) {
            try {
                // whether the fiber was woken says nothing of this wait: it may be another's wake
                boolean _ = s.fibers().park(what, longest, keeper);
            } catch (LuaError e) {
                throw new CallFailure(String.valueOf(e.getMessage()), e);
            }
        }

        @Override
        public void wake() {
            woken = true;
            Fiber fiber = waiting;
            if (fiber != null) {
                s.fibers().wake(fiber);
            }
        }
    }

    @Override
    public List<Value> within(Duration time, String reason, Value.Callable function) {
        try (var limit = s.fibers().limit(reason)) {
            var clock = Thread.ofVirtual().name("time-limit").start(() -> expire(limit, time));
            List<Value> results;
            try {
                results = function.call(List.of());
            } catch (ScriptFailure e) {
                if (limit.isUp()) {
                    throw new CallFailure(reason, e);
                }
                throw e;
            } finally {
                clock.interrupt();
            }
            if (limit.isUp()) {
                throw new CallFailure(reason);
            }
            return results;
        }
    }

    private static void expire(TimeLimit limit, Duration time) {
        try {
            Thread.sleep(time);
            limit.expire();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the function has ended in time
        }
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        try {
            blocking(() -> {
                Thread.sleep(duration);
                return duration;
            });
        } catch (IOException e) {
            throw new IllegalStateException("sleeping does no input or output", e);
        }
    }

    /// Does something that waits, while other functions of the script run.
    public <T> T blocking(Host.Blocking<T> work) throws InterruptedException, IOException {
        return s.fibers().<T, InterruptedException, IOException>blocking(work::run);
    }
}
