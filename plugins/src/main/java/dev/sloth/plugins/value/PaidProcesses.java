package dev.sloth.plugins.value;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Processes;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/// Processes whose kept output is paid for by the script that runs them: from when it is read until
/// the call is over.
///
/// @param call in which they are run
public record PaidProcesses(Call call) implements Processes {
    /// @throws CallFailure when they write more than the script can have
    @Override
    public Ended run(Command command) throws IOException, InterruptedException {
        var full = new AtomicBoolean();
        var ended =
                call.host()
                        .processes()
                        .run(
                                command.room(bytes -> {
                                    boolean has = call.tryTake(bytes);
                                    full.compareAndSet(false, !has);
                                    return has;
                                }));
        if (full.get()) {
            throw new CallFailure(
                    "not enough memory for what the command writes: send it to a file, or raise"
                            + " script.execute_memory");
        }
        return ended;
    }
}
