package dev.sloth.agent;

import dev.sloth.api.workflow.AttemptId;
import java.util.concurrent.locks.Lock;

/// One call at a time, whoever writes.
record OrderedOutput(AttemptOutput output, Lock lock) implements AttemptOutput {
    @Override
    public void line(AttemptId attempt, Channel channel, String line) {
        lock.lock();
        try {
            output.line(attempt, channel, line);
        } finally {
            lock.unlock();
        }
    }
}
