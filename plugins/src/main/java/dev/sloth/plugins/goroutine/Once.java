package dev.sloth.plugins.goroutine;

import dev.sloth.api.plugin.Concurrency;
import dev.sloth.api.value.Value;
import java.util.List;

/// A function that is called at most once; who comes meanwhile waits until that call is over.
final class Once {
    private enum Stage {
        NEW,
        RUNNING,
        DONE
    }

    private final Gathering waiting = new Gathering();
    private Stage stage = Stage.NEW;

    /// Whether this was the call that counted.
    boolean call(Concurrency turns, Value.Callable function) throws InterruptedException {
        if (stage != Stage.NEW) {
            waiting.await("once call", () -> stage == Stage.DONE, Limit.none(turns));
            return false;
        }
        stage = Stage.RUNNING;
        try {
            function.call(List.of());
            return true;
        } finally {
            stage = Stage.DONE;
            waiting.wakeAll();
        }
    }
}
