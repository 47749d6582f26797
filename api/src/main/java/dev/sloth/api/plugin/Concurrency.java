package dev.sloth.api.plugin;

import dev.sloth.api.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Several functions of one script at once: they take turns, and give way only where they wait. So
/// what is done between two waits needs no lock.
public interface Concurrency {
    /// Starts a function beside the caller, after all that are ready to run; `ended` is told, in
    /// its turn, how it ended.
    ///
    /// @throws CallFailure when too many run already, or there is no memory for one more
    void spawn(Value.Callable function, List<Value> arguments, Consumer<Ending> ended);

    /// How a spawned function ended.
    sealed interface Ending {
        record Returned(List<Value> results) implements Ending {}

        /// @param error what `pcall` would give; `message` is its text
        record Raised(String message, Value error) implements Ending {}
    }

    /// A place to wait at; `what` names it when the script is found in deadlock, such as `channel
    /// receive`.
    default Waiter waiter(String what) {
        return waiter(what, Keeper.NOTHING);
    }

    /// The same for a wait that keeps values of the script meanwhile, such as one that is to be
    /// sent: they count as its memory.
    default Waiter waiter(String what, Keeper keeper) {
        return waiter(() -> what, keeper);
    }

    /// The same for a wait for something that changes meanwhile.
    ///
    /// @param what is asked when the script is found in deadlock, in nobody's turn; it only looks
    Waiter waiter(Supplier<String> what, Keeper keeper);

    /// One waiting of one function.
    interface Waiter {
        /// Waits until woken or until the time is up (zero waits without end). True when woken. A
        /// wake that came before counts.
        ///
        /// @throws CallFailure when all functions of the script wait and none can wake another;
        ///   only in what was not spawned
        boolean park(Duration timeout) throws InterruptedException;

        /// Wakes it; more than once is as once.
        void wake();
    }

    /// Which of the functions runs now: the same object at each of its calls, in its coroutines
    /// too.
    Object current();

    /// Tells, whenever it is asked, whether the coroutine that runs now is still under way: it
    /// runs, or waits for one that it has resumed. It is not while it is suspended, or over.
    BooleanSupplier underWay();

    /// Calls a function that may take so long. When the time is up, what waits in it is interrupted
    /// and what computes is stopped, with an error that comes again until the function has ended.
    ///
    /// @throws CallFailure with the reason when its time was up, however it ended then
    List<Value> within(Duration time, String reason, Value.Callable function);

    /// The clock of these waits, for those that take several: nanoseconds from anywhere, as
    /// [System#nanoTime] gives them.
    long nanoTime();

    /// Sleeps while others run.
    void sleep(Duration duration) throws InterruptedException;
}
