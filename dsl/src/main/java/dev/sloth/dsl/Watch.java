package dev.sloth.dsl;

import java.time.Duration;

/// Kills a state when its time is up, unless closed before. On a thread of the system, since busy
/// scripts leave virtual ones no turn.
final class Watch implements AutoCloseable {
    private final Thread thread;

    private Watch(Thread thread) {
        this.thread = thread;
    }

    static Watch over(ScriptState state, Duration time, String reason) {
        return new Watch(
                Thread.ofPlatform()
                        .daemon()
                        .name("script-watch")
                        .start(() -> {
                            try {
                                Thread.sleep(time);
                                state.kill(reason);
                            } catch (InterruptedException _) {
                                // the script has ended in time: nothing is left to watch
                                Thread.currentThread().interrupt();
                            }
                        }));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
